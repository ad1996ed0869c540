"""Everything in ASL Desktop that is machine learning: no Qt, usable alone from the command line."""

from __future__ import annotations

import os

MAX_IMAGE_PIXELS = 1 << 26
"""Decoding holds six bytes of each, 400 MB; a few kilobytes can claim to be much more."""

# Containers of video. FFmpeg's readers of images keep all that comes, as long as it comes.
_VIDEO_FORMATS = (
    *("mov", "matroska", "avi", "flv", "live_flv", "mpegts", "mpeg", "mpegvideo", "asf", "ogg"),
    *("h264", "hevc", "m4v", "obu", "ivf", "mjpeg", "yuv4mpegpipe", "mxf", "dv", "gif", "apng"),
    *("hls", "rtsp", "sdp", "rtp"),
)

# OpenCV looks at these when it is imported or opens something, both below this package only.
for _name, _value in {
    "OPENCV_IO_MAX_IMAGE_PIXELS": str(MAX_IMAGE_PIXELS),
    # What does not open is said in one sentence, not in OpenCV's and FFmpeg's own.
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    # Media Foundation takes seconds to set up its hardware transforms (opencv#17687).
    "OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS": "0",
    # Seconds in which a V4L2 camera must give a frame; 10 would leave no time for another try.
    "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "3",
    # Redirects of a stream are followed by `trainer.capture.connection`, on the same host only.
    "OPENCV_FFMPEG_CAPTURE_OPTIONS": "rtsp_flags;prefer_tcp|max_redirects;0|format_whitelist;"
    + ",".join(_VIDEO_FORMATS),
}.items():
    os.environ.setdefault(_name, _value)
