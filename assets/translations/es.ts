<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About ASL Desktop</source>
        <translation>Acerca de ASL Desktop</translation>
    </message>
    <message>
        <source>Reads the letters of the American Sign Language alphabet from a camera, with a neural network written in NumPy that you can train anew.

Fingerspelling is a small part of ASL, which is a language of its own with its own grammar. This program spells; it does not translate.

No image leaves this computer.</source>
        <translation>Lee con una cámara las letras del alfabeto de la lengua de señas americana (ASL), con una red neuronal escrita en NumPy que puede entrenar de nuevo.

El deletreo manual es una pequeña parte de la ASL, que es una lengua propia con su propia gramática. Este programa deletrea; no traduce.

Ninguna imagen sale de este equipo.</translation>
    </message>
    <message>
        <source>Version {0}, Python {1}. Free software under the MIT licence.</source>
        <translation>Versión {0}, Python {1}. Software libre con licencia MIT.</translation>
    </message>
    <message>
        <source>&amp;Licences</source>
        <translation>&amp;Licencias</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Open &amp;weights…</source>
        <translation>Abrir &amp;pesos…</translation>
    </message>
    <message>
        <source>Read with another network</source>
        <translation>Leer con otra red</translation>
    </message>
    <message>
        <source>Use the &amp;shipped weights</source>
        <translation>Usar los pesos &amp;incluidos</translation>
    </message>
    <message>
        <source>Read with the network that comes with the program</source>
        <translation>Leer con la red que viene con el programa</translation>
    </message>
    <message>
        <source>Use the Sign Language &amp;MNIST network</source>
        <translation>Usar la red de Sign Language &amp;MNIST</translation>
    </message>
    <message>
        <source>Read with the fully-connected network for Sign Language MNIST</source>
        <translation>Leer con la red totalmente conectada para Sign Language MNIST</translation>
    </message>
    <message>
        <source>Weights &amp;info</source>
        <translation>I&amp;nformación de los pesos</translation>
    </message>
    <message>
        <source>What the network is and how it was made</source>
        <translation>Qué es la red y cómo se hizo</translation>
    </message>
    <message>
        <source>Pr&amp;eferences…</source>
        <translation>Pr&amp;eferencias…</translation>
    </message>
    <message>
        <source>How the program looks and works</source>
        <translation>Cómo se ve y cómo funciona el programa</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Cerrar el programa</translation>
    </message>
    <message>
        <source>Use the &amp;camera</source>
        <translation>Usar la &amp;cámara</translation>
    </message>
    <message>
        <source>The camera used last, or the first one</source>
        <translation>La última cámara usada, o la primera</translation>
    </message>
    <message>
        <source>&amp;Open a file…</source>
        <translation>&amp;Abrir un archivo…</translation>
    </message>
    <message>
        <source>A video, an image, a data set, or the weights of a network</source>
        <translation>Un vídeo, una imagen, un conjunto de datos o los pesos de una red</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>Abrir carpe&amp;ta…</translation>
    </message>
    <message>
        <source>Read a folder, one image per second</source>
        <translation>Leer una carpeta, una imagen por segundo</translation>
    </message>
    <message>
        <source>Open &amp;stream…</source>
        <translation>Abrir tra&amp;nsmisión…</translation>
    </message>
    <message>
        <source>Play the stream of a network camera</source>
        <translation>Reproducir la transmisión de una cámara de red</translation>
    </message>
    <message>
        <source>Play the &amp;demo clip</source>
        <translation>Ver la &amp;demostración</translation>
    </message>
    <message>
        <source>A drawn hand that spells, for a first look without a camera</source>
        <translation>Una mano dibujada que deletrea, para un primer vistazo sin cámara</translation>
    </message>
    <message>
        <source>&amp;Mirror</source>
        <translation>&amp;Espejo</translation>
    </message>
    <message>
        <source>Show the image as a mirror does; the network always reads it unmirrored</source>
        <translation>Mostrar la imagen como en un espejo; la red siempre la lee sin invertir</translation>
    </message>
    <message>
        <source>&amp;Freeze</source>
        <translation>&amp;Congelar</translation>
    </message>
    <message>
        <source>Freeze the image; other programs can use the camera meanwhile</source>
        <translation>Congelar la imagen; otros programas pueden usar la cámara mientras tanto</translation>
    </message>
    <message>
        <source>Follo&amp;w</source>
        <translation>Se&amp;guir</translation>
    </message>
    <message>
        <source>Keep the box on the hand; moving the box yourself ends it</source>
        <translation>Mantener el recuadro sobre la mano; termina si lo mueve usted</translation>
    </message>
    <message>
        <source>&amp;Reset box</source>
        <translation>&amp;Recentrar</translation>
    </message>
    <message>
        <source>Centre the hand box</source>
        <translation>Centrar el recuadro</translation>
    </message>
    <message>
        <source>Move the hand &amp;box</source>
        <translation>&amp;Mover el recuadro</translation>
    </message>
    <message>
        <source>Go to the hand box, then use the arrow keys</source>
        <translation>Ir al recuadro y usar las teclas de flecha</translation>
    </message>
    <message>
        <source>S&amp;keleton</source>
        <translation>Es&amp;queleto</translation>
    </message>
    <message>
        <source>Draw the joints of the hand over the image, where the network finds them</source>
        <translation>Dibujar las articulaciones de la mano sobre la imagen, donde la red las encuentra</translation>
    </message>
    <message>
        <source>L&amp;arge letters</source>
        <translation>&amp;Letras grandes</translation>
    </message>
    <message>
        <source>Letter, text and image on the whole screen, for a class or a counter</source>
        <translation>Letra, texto e imagen en toda la pantalla, para una clase o un mostrador</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>&amp;Pantalla completa</translation>
    </message>
    <message>
        <source>Use the whole screen</source>
        <translation>Usar toda la pantalla</translation>
    </message>
    <message>
        <source>Reduce m&amp;otion</source>
        <translation>Reducir el m&amp;ovimiento</translation>
    </message>
    <message>
        <source>Show steps instead of motion</source>
        <translation>Mostrar pasos en lugar de movimiento</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;Sistema</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>C&amp;laro</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Oscuro</translation>
    </message>
    <message>
        <source>S&amp;ystem</source>
        <translation>S&amp;istema</translation>
    </message>
    <message>
        <source>&amp;First steps</source>
        <translation>&amp;Primeros pasos</translation>
    </message>
    <message>
        <source>Camera, hand and a first letter, step by step</source>
        <translation>Cámara, mano y una primera letra, paso a paso</translation>
    </message>
    <message>
        <source>&amp;User guide</source>
        <translation>&amp;Guía del usuario</translation>
    </message>
    <message>
        <source>How to use the program</source>
        <translation>Cómo se usa el programa</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Atajos de teclado</translation>
    </message>
    <message>
        <source>All keyboard shortcuts</source>
        <translation>Todos los atajos de teclado</translation>
    </message>
    <message>
        <source>&amp;Report a problem…</source>
        <translation>&amp;Informar de un problema…</translation>
    </message>
    <message>
        <source>Versions and log, to copy into a message; nothing is sent</source>
        <translation>Versiones y registro, para copiarlos en un mensaje; no se envía nada</translation>
    </message>
    <message>
        <source>Open the &amp;log folder</source>
        <translation>Abrir la carpeta del &amp;registro</translation>
    </message>
    <message>
        <source>Where the program writes its log</source>
        <translation>Donde el programa escribe su registro</translation>
    </message>
    <message>
        <source>&amp;About ASL Desktop</source>
        <translation>A&amp;cerca de ASL Desktop</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Dismiss this message (Esc)</source>
        <translation>Cerrar este mensaje (Esc)</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Advertencia</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Mensaje</translation>
    </message>
</context>
<context>
    <name>BigLetter</name>
    <message>
        <source>No letter</source>
        <translation>Ninguna letra</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Sin certeza</translation>
    </message>
    <message>
        <source>Letter {0}</source>
        <translation>Letra {0}</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>A hand that spells</source>
        <translation>Una mano que deletrea</translation>
    </message>
    <message>
        <source>The hand is being drawn…</source>
        <translation>Se está dibujando la mano…</translation>
    </message>
</context>
<context>
    <name>Coach</name>
    <message>
        <source>It is dark: put more light on your hand, from the front.</source>
        <translation>Está oscuro: ilumine más la mano, desde delante.</translation>
    </message>
    <message>
        <source>Too bright: turn away from the lamp or the sun.</source>
        <translation>Demasiada luz: apártese de la lámpara o del sol.</translation>
    </message>
    <message>
        <source>The hand box is at the edge: keep your whole hand in the image.</source>
        <translation>El recuadro está en el borde: mantenga toda la mano en la imagen.</translation>
    </message>
    <message>
        <source>Your hand is small: come nearer to the camera.</source>
        <translation>La mano se ve pequeña: acérquese a la cámara.</translation>
    </message>
    <message>
        <source>The image is blurred: hold still, or wipe the camera.</source>
        <translation>La imagen está borrosa: quédese quieto o limpie la cámara.</translation>
    </message>
    <message>
        <source>There is a lot behind your hand: a plain wall helps.</source>
        <translation>Hay mucho detrás de la mano: ayuda una pared lisa.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Space</source>
        <translation>Espacio</translation>
    </message>
    <message>
        <source>Typing is on</source>
        <translation>Escritura activada</translation>
    </message>
    <message>
        <source>Typing is off</source>
        <translation>Escritura desactivada</translation>
    </message>
    <message>
        <source>Read the text aloud with the voice of {0}</source>
        <translation>Leer el texto en voz alta con la voz de {0}</translation>
    </message>
    <message>
        <source>Hide the text</source>
        <translation>Ocultar el texto</translation>
    </message>
    <message>
        <source>Show the text</source>
        <translation>Mostrar el texto</translation>
    </message>
    <message>
        <source>The text is copied: paste it where you need it.</source>
        <translation>El texto está copiado: péguelo donde lo necesite.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Save text</source>
        <translation>Guardar texto</translation>
    </message>
    <message>
        <source>text</source>
        <translation>texto</translation>
    </message>
    <message>
        <source>Saved as {0}.</source>
        <translation>Guardado como {0}.</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>Confusion matrix</source>
        <translation>Matriz de confusión</translation>
    </message>
    <message>
        <source>{0} read as {1}: {2} of {3} ({4} %)</source>
        <translation>{0} leída como {1}: {2} de {3} ({4} %)</translation>
    </message>
    <message>
        <source>No images</source>
        <translation>Sin imágenes</translation>
    </message>
    <message>
        <source>Accuracy {0} %</source>
        <translation>Exactitud {0} %</translation>
    </message>
</context>
<context>
    <name>ConfusionPage</name>
    <message>
        <source>Evaluate these weights on every image of a file, such as the test file</source>
        <translation>Evaluar estos pesos con todas las imágenes de un archivo, como el de prueba</translation>
    </message>
    <message>
        <source>Images behind the cell</source>
        <translation>Imágenes de la celda</translation>
    </message>
    <message>
        <source>Relabel</source>
        <translation>Corregir</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Leave the chosen images out of a corrected copy (Delete, in the list)</source>
        <translation>Dejar las imágenes elegidas fuera de una copia corregida (Supr, en la lista)</translation>
    </message>
    <message>
        <source>Evaluate on a file…</source>
        <translation>Evaluar con un archivo…</translation>
    </message>
    <message>
        <source>Record more</source>
        <translation>Grabar más</translation>
    </message>
    <message>
        <source>Record more images of these two letters</source>
        <translation>Grabar más imágenes de estas dos letras</translation>
    </message>
    <message>
        <source>Save cop&amp;y…</source>
        <translation>&amp;Guardar…</translation>
    </message>
    <message>
        <source>The file itself is never changed</source>
        <translation>El archivo original nunca se modifica</translation>
    </message>
    <message>
        <source>Validation after epoch {0}</source>
        <translation>Validación tras la época {0}</translation>
    </message>
    <message>
        <source>There were no validation images. Evaluate on a file, or choose what to validate on.</source>
        <translation>No había imágenes de validación. Evalúe con un archivo o elija con qué validar.</translation>
    </message>
    <message>
        <source>{0}: accuracy {1} % on {2} images. Rows: true letter; columns: predicted.</source>
        <translation>{0}: exactitud {1} % en {2} imágenes. Filas: letra real; columnas: predicha.</translation>
    </message>
    <message>
        <source>Choose a cell to see the images behind it.</source>
        <translation>Elija una celda para ver sus imágenes.</translation>
    </message>
    <message>
        <source>Shows {0} (confidence {1}), read as {2} ({3}). {4}, row {5}</source>
        <translation>Muestra {0} (confianza {1}), leída como {2} ({3}). {4}, fila {5}</translation>
    </message>
    <message>
        <source>Save a corrected copy of {0}</source>
        <translation>Guardar una copia corregida de {0}</translation>
    </message>
    <message>
        <source>Corrections are not saved</source>
        <translation>Las correcciones no están guardadas</translation>
    </message>
    <message>
        <source>{0} corrected images are in no file yet. If you quit, this is lost.</source>
        <translation>{0} imágenes corregidas no están aún en ningún archivo. Si sale, se pierden las correcciones.</translation>
    </message>
    <message>
        <source>&amp;Quit without saving</source>
        <translation>&amp;Salir sin guardar</translation>
    </message>
    <message>
        <source>&amp;Keep them</source>
        <translation>&amp;Conservarlas</translation>
    </message>
    <message>
        <source>{0} images saved as {1}.</source>
        <translation>{0} imágenes guardadas como {1}.</translation>
    </message>
    <message>
        <source>Evaluate on a file</source>
        <translation>Evaluar con un archivo</translation>
    </message>
    <message>
        <source>Images with letters</source>
        <translation>Imágenes con letras</translation>
    </message>
    <message>
        <source>Save cop&amp;y ({0})…</source>
        <translation>&amp;Guardar ({0})…</translation>
    </message>
</context>
<context>
    <name>CoursePage</name>
    <message>
        <source>{0}, learnt</source>
        <translation>{0}, aprendida</translation>
    </message>
    <message>
        <source>Sign: {0}</source>
        <translation>Señas: {0}</translation>
    </message>
    <message>
        <source>Read: {0}</source>
        <translation>Lectura: {0}</translation>
    </message>
    <message>
        <source>Si&amp;gn these letters</source>
        <translation>Ha&amp;cer estas letras</translation>
    </message>
    <message>
        <source>Read these letters</source>
        <translation>Leer estas letras</translation>
    </message>
    <message>
        <source>Up next</source>
        <translation>A continuación</translation>
    </message>
</context>
<context>
    <name>CurvesPage</name>
    <message>
        <source>Reset &amp;zoom</source>
        <translation>Restablecer e&amp;l zoom</translation>
    </message>
    <message>
        <source>Ends a zoom; the mouse wheel, + and − zoom, dragging moves</source>
        <translation>Termina la ampliación; la rueda del ratón, + y − amplían, arrastrar desplaza</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportar…</translation>
    </message>
    <message>
        <source>Save both plots as PNG, SVG or CSV</source>
        <translation>Guardar ambas gráficas como PNG, SVG o CSV</translation>
    </message>
    <message>
        <source>Point at an epoch, or use ← and →, to see its values.</source>
        <translation>Señale una época, o use ← y →, para ver sus valores.</translation>
    </message>
    <message>
        <source>Epoch {0}: loss {1}, accuracy {2} %</source>
        <translation>Época {0}: pérdida {1}, exactitud {2} %</translation>
    </message>
    <message>
        <source>; validation {0}, {1} %</source>
        <translation>; validación {0}, {1} %</translation>
    </message>
    <message>
        <source>Export the curves</source>
        <translation>Exportar las curvas</translation>
    </message>
    <message>
        <source>curves</source>
        <translation>curvas</translation>
    </message>
    <message>
        <source>Exported to {0}.</source>
        <translation>Exportado a {0}.</translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>Some images of each letter</source>
        <translation>Algunas imágenes de cada letra</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>Aún no hay imágenes</translation>
    </message>
    <message>
        <source>Add images with letters, or drop them here: folders named by letter or number, a table such as that of Sign Language MNIST, an archive of either, or images with YOLO, COCO, Pascal VOC or Roboflow annotations.</source>
        <translation>Añada imágenes con letras o suéltelas aquí: carpetas con el nombre de una letra o un número, una tabla como la de Sign Language MNIST, un archivo comprimido con cualquiera de ellas o imágenes con anotaciones de YOLO, COCO, Pascal VOC o Roboflow.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Leyendo…</translation>
    </message>
    <message>
        <source>For validation: {0}</source>
        <translation>Para validar: {0}</translation>
    </message>
    <message>
        <source>! Few images: {0}, less than half of the usual number.</source>
        <translation>! Pocas imágenes: {0}, menos de la mitad de lo habitual.</translation>
    </message>
    <message>
        <source>! No image: {0}.</source>
        <translation>! Ninguna imagen: {0}.</translation>
    </message>
    <message>
        <source>{0} no-sign images.</source>
        <translation>{0} imágenes sin seña.</translation>
    </message>
    <message>
        <source>The lines show the validation images.</source>
        <translation>Las líneas muestran las imágenes de validación.</translation>
    </message>
    <message>
        <source>Every letter has enough images.</source>
        <translation>Cada letra tiene suficientes imágenes.</translation>
    </message>
    <message>
        <source>Labels in the files</source>
        <translation>Etiquetas de los archivos</translation>
    </message>
    <message>
        <source>Hands in the images</source>
        <translation>Manos en las imágenes</translation>
    </message>
    <message>
        <source>{0} is the choice “{1}” on the left.</source>
        <translation>{0} es la opción «{1}» de la izquierda.</translation>
    </message>
    <message>
        <source>⚠ These files cannot be used for training</source>
        <translation>⚠ Estos archivos no sirven para entrenar</translation>
    </message>
</context>
<context>
    <name>DocumentDialog</name>
    <message>
        <source>User guide</source>
        <translation>Guía del usuario</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Licencias</translation>
    </message>
</context>
<context>
    <name>Download</name>
    <message>
        <source>Download the data set</source>
        <translation>Descargar el conjunto de datos</translation>
    </message>
    <message>
        <source>Sign Language MNIST, 105 MB, into {0}</source>
        <translation>Sign Language MNIST, 105 MB, en {0}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Descarga</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>The next download goes on from here</source>
        <translation>La próxima descarga continúa desde aquí</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Conectando…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
</context>
<context>
    <name>DrillPage</name>
    <message>
        <source>S&amp;kip</source>
        <translation>&amp;Saltar</translation>
    </message>
    <message>
        <source>Sign each letter that is asked for and hold it until it counts.</source>
        <translation>Haga la seña de cada letra que se pide y manténgala hasta que cuente.</translation>
    </message>
    <message>
        <source>Sign {0}.</source>
        <translation>Haga la seña de {0}.</translation>
    </message>
    <message>
        <source>✓ {0} in {1} s</source>
        <translation>✓ {0} en {1} s</translation>
    </message>
    <message>
        <source>{0} is correct now. It comes back soon.</source>
        <translation>{0} ya es correcta. Volverá pronto.</translation>
    </message>
    <message>
        <source>{0} is correct now; {1} was seen before. It comes back soon.</source>
        <translation>{0} es correcta ahora; antes se vio {1}. Volverá pronto.</translation>
    </message>
    <message>
        <source>{0} was skipped. Sign {1}.</source>
        <translation>Se saltó {0}. Haga la seña de {1}.</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>Term&amp;inar</translation>
    </message>
    <message>
        <source>Be&amp;gin</source>
        <translation>Empe&amp;zar</translation>
    </message>
    <message>
        <source>All letters, weak ones first</source>
        <translation>Todas las letras, primero las débiles</translation>
    </message>
    <message>
        <source>Due today: {0}</source>
        <translation>Para hoy: {0}</translation>
    </message>
    <message>
        <source>{0} and {1}, often confused</source>
        <translation>{0} y {1}, a menudo confundidas</translation>
    </message>
    <message>
        <source>Pra&amp;ctise</source>
        <translation>Pra&amp;cticar</translation>
    </message>
</context>
<context>
    <name>EditActions</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation>Deshacer el último cambio</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>Make the last change again</source>
        <translation>Volver a hacer el último cambio</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Cor&amp;tar</translation>
    </message>
    <message>
        <source>Move what is selected elsewhere</source>
        <translation>Llevar a otro lugar lo seleccionado</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>Copy what is selected</source>
        <translation>Copiar lo seleccionado</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Pegar</translation>
    </message>
    <message>
        <source>Insert what was copied</source>
        <translation>Insertar lo copiado</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Seleccionar t&amp;odo</translation>
    </message>
    <message>
        <source>Select the whole text</source>
        <translation>Seleccionar todo el texto</translation>
    </message>
</context>
<context>
    <name>EditMenu</name>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Editar</translation>
    </message>
</context>
<context>
    <name>EndOfText</name>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
</context>
<context>
    <name>FailureReporter</name>
    <message>
        <source>Something went wrong in the program ({0}). It goes on; details are in {1}.</source>
        <translation>Algo falló en el programa ({0}). Sigue funcionando; los detalles están en {1}.</translation>
    </message>
</context>
<context>
    <name>FileList</name>
    <message>
        <source>Files and folders can be dropped here; Insert adds, Delete removes</source>
        <translation>Aquí se pueden soltar archivos y carpetas; Insertar añade, Suprimir quita</translation>
    </message>
    <message>
        <source>Insert, in the list</source>
        <translation>Insert, en la lista</translation>
    </message>
    <message>
        <source>Delete, in the list</source>
        <translation>Supr, en la lista</translation>
    </message>
    <message>
        <source>Add images with letters</source>
        <translation>Añadir imágenes con letras</translation>
    </message>
    <message>
        <source>Images with letters</source>
        <translation>Imágenes con letras</translation>
    </message>
    <message>
        <source>Add a folder of images with letters</source>
        <translation>Añadir una carpeta de imágenes con letras</translation>
    </message>
</context>
<context>
    <name>Fingers</name>
    <message>
        <source>index finger</source>
        <translation>dedo índice</translation>
    </message>
    <message>
        <source>middle finger</source>
        <translation>dedo medio</translation>
    </message>
    <message>
        <source>ring finger</source>
        <translation>dedo anular</translation>
    </message>
    <message>
        <source>little finger</source>
        <translation>dedo meñique</translation>
    </message>
    <message>
        <source>Your {0} is stretched.</source>
        <translation>Su {0} está estirado.</translation>
    </message>
    <message>
        <source>Your {0} is half bent.</source>
        <translation>Su {0} está medio doblado.</translation>
    </message>
    <message>
        <source>Your {0} is raised, with its tip bent.</source>
        <translation>Su {0} está levantado, con la punta doblada.</translation>
    </message>
    <message>
        <source>Your {0} is bent at the knuckle only.</source>
        <translation>Su {0} está doblado solo por el nudillo.</translation>
    </message>
    <message>
        <source>Your {0} is folded into the palm.</source>
        <translation>Su {0} está plegado en la palma.</translation>
    </message>
    <message>
        <source>Your {0} stands apart.</source>
        <translation>Su {0} está separado.</translation>
    </message>
    <message>
        <source>Your {0} is too near to the next finger.</source>
        <translation>Su {0} está demasiado cerca del dedo siguiente.</translation>
    </message>
    <message>
        <source>Your thumb points away from the hand.</source>
        <translation>Su pulgar apunta hacia fuera de la mano.</translation>
    </message>
    <message>
        <source>Your thumb is at the side of the hand.</source>
        <translation>Su pulgar está al lado de la mano.</translation>
    </message>
    <message>
        <source>Your thumb lies across the fingers.</source>
        <translation>Su pulgar está cruzado sobre los dedos.</translation>
    </message>
    <message>
        <source>Your thumb is folded over the palm.</source>
        <translation>Su pulgar está plegado sobre la palma.</translation>
    </message>
    <message>
        <source>Your thumb is between index and middle finger.</source>
        <translation>Su pulgar está entre el índice y el medio.</translation>
    </message>
    <message>
        <source>Your thumb is under two fingers.</source>
        <translation>Su pulgar está debajo de dos dedos.</translation>
    </message>
    <message>
        <source>Your thumb is under three fingers.</source>
        <translation>Su pulgar está debajo de tres dedos.</translation>
    </message>
    <message>
        <source>Stretch your {0}.</source>
        <translation>Estire su {0}.</translation>
    </message>
    <message>
        <source>Bend your {0} round, as if around a glass.</source>
        <translation>Curve su {0}, como alrededor de un vaso.</translation>
    </message>
    <message>
        <source>Raise your {0} and bend its tip to a hook.</source>
        <translation>Levante su {0} y doble la punta como un gancho.</translation>
    </message>
    <message>
        <source>Keep your {0} straight, bent at the knuckle.</source>
        <translation>Mantenga su {0} recto, doblado por el nudillo.</translation>
    </message>
    <message>
        <source>Fold your {0} down.</source>
        <translation>Pliegue su {0} hacia abajo.</translation>
    </message>
    <message>
        <source>Cross index and middle finger.</source>
        <translation>Cruce el índice y el medio.</translation>
    </message>
    <message>
        <source>Spread index and middle finger.</source>
        <translation>Separe el índice y el medio.</translation>
    </message>
    <message>
        <source>Spread the three fingers.</source>
        <translation>Separe los tres dedos.</translation>
    </message>
    <message>
        <source>Hold the fingers close together.</source>
        <translation>Mantenga los dedos juntos.</translation>
    </message>
    <message>
        <source>Hold the ring finger down with your thumb.</source>
        <translation>Sujete el anular hacia abajo con el pulgar.</translation>
    </message>
    <message>
        <source>Put your thumb on the middle finger, in the gap.</source>
        <translation>Ponga el pulgar sobre el dedo medio, en el hueco.</translation>
    </message>
    <message>
        <source>Put your thumb upright along the side of the fist.</source>
        <translation>Ponga el pulgar vertical al lado del puño.</translation>
    </message>
    <message>
        <source>Fold your thumb over the palm.</source>
        <translation>Pliegue el pulgar sobre la palma.</translation>
    </message>
    <message>
        <source>Curve your thumb opposite the fingers, with a gap.</source>
        <translation>Curve el pulgar frente a los dedos, con un hueco.</translation>
    </message>
    <message>
        <source>Let your thumb meet the middle finger.</source>
        <translation>Junte el pulgar con el dedo medio.</translation>
    </message>
    <message>
        <source>Put your thumb below the fingertips.</source>
        <translation>Ponga el pulgar debajo de las puntas de los dedos.</translation>
    </message>
    <message>
        <source>Let your thumb meet the index finger.</source>
        <translation>Junte el pulgar con el índice.</translation>
    </message>
    <message>
        <source>Point your thumb the same way as the index finger.</source>
        <translation>Apunte con el pulgar hacia donde apunta el índice.</translation>
    </message>
    <message>
        <source>Put your thumb in front of the folded fingers.</source>
        <translation>Ponga el pulgar delante de los dedos plegados.</translation>
    </message>
    <message>
        <source>Stretch your thumb out to the side.</source>
        <translation>Estire el pulgar hacia el lado.</translation>
    </message>
    <message>
        <source>Put your thumb under three fingers.</source>
        <translation>Ponga el pulgar debajo de tres dedos.</translation>
    </message>
    <message>
        <source>Put your thumb under two fingers.</source>
        <translation>Ponga el pulgar debajo de dos dedos.</translation>
    </message>
    <message>
        <source>Let your thumb meet the fingertips.</source>
        <translation>Junte el pulgar con las puntas de los dedos.</translation>
    </message>
    <message>
        <source>Point your thumb down, beside the index finger.</source>
        <translation>Apunte con el pulgar hacia abajo, junto al índice.</translation>
    </message>
    <message>
        <source>Put your thumb across the front of the fingers.</source>
        <translation>Cruce el pulgar por delante de los dedos.</translation>
    </message>
    <message>
        <source>Put your thumb between index and middle finger.</source>
        <translation>Ponga el pulgar entre el índice y el medio.</translation>
    </message>
    <message>
        <source>Hold the little finger down with your thumb.</source>
        <translation>Sujete el meñique hacia abajo con el pulgar.</translation>
    </message>
    <message>
        <source>Put your thumb across the folded fingers.</source>
        <translation>Cruce el pulgar sobre los dedos plegados.</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>Ri&amp;ght hand</source>
        <translation>Mano derec&amp;ha</translation>
    </message>
    <message>
        <source>Left han&amp;d</source>
        <translation>Mano &amp;izquierda</translation>
    </message>
    <message>
        <source>Hand in view</source>
        <translation>Mano a la vista</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Luz</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distancia</translation>
    </message>
    <message>
        <source>Hold up the hand that you sign with: open, the palm to the camera.</source>
        <translation>Levante la mano con la que hace las señas: abierta, con la palma hacia la cámara.</translation>
    </message>
    <message>
        <source>Your hand is well seen. Which one is it?</source>
        <translation>La mano se ve bien. ¿Cuál es?</translation>
    </message>
    <message>
        <source>Your hand is well seen.</source>
        <translation>La mano se ve bien.</translation>
    </message>
    <message>
        <source>Sign {0} as in the image, and hold it until the ring is full.</source>
        <translation>Haga la seña de {0} como en la imagen y manténgala hasta que se llene el anillo.</translation>
    </message>
    <message>
        <source>Now it reads {0}.</source>
        <translation>Ahora se lee {0}.</translation>
    </message>
    <message>
        <source>First steps, 1 of 3: the camera</source>
        <translation>Primeros pasos, 1 de 3: la cámara</translation>
    </message>
    <message>
        <source>First steps, 2 of 3: your hand</source>
        <translation>Primeros pasos, 2 de 3: la mano</translation>
    </message>
    <message>
        <source>First steps, 3 of 3: a letter</source>
        <translation>Primeros pasos, 3 de 3: una letra</translation>
    </message>
    <message>
        <source>The first letter is read</source>
        <translation>La primera letra está leída</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Listo</translation>
    </message>
    <message>
        <source>S&amp;kip</source>
        <translation>&amp;Saltar</translation>
    </message>
    <message>
        <source>Close the first steps (Esc)</source>
        <translation>Cerrar los primeros pasos (Esc)</translation>
    </message>
    <message>
        <source>Waiting for the camera&apos;s image…</source>
        <translation>Esperando la imagen de la cámara…</translation>
    </message>
    <message>
        <source>They need your own hand: choose a camera under Source.</source>
        <translation>Se necesita su propia mano: elija una cámara en Fuente.</translation>
    </message>
    <message>
        <source>Letters that you hold are typed into the text below. Help ▸ First steps shows these steps again.</source>
        <translation>Las letras que mantiene se escriben en el texto de abajo. Ayuda ▸ Primeros pasos muestra otra vez estos pasos.</translation>
    </message>
</context>
<context>
    <name>GoalCard</name>
    <message>
        <source>{0} letters a day</source>
        <translation>{0} letras al día</translation>
    </message>
    <message>
        <source>No goal</source>
        <translation>Sin objetivo</translation>
    </message>
    <message>
        <source>Today: {0} of {1} letters</source>
        <translation>Hoy: {0} de {1} letras</translation>
    </message>
    <message>
        <source>Today: {0} letters</source>
        <translation>Hoy: {0} letras</translation>
    </message>
    <message>
        <source>Goal met on 1 day</source>
        <translation>Objetivo cumplido 1 día</translation>
    </message>
    <message>
        <source>Goal met {0} days in a row</source>
        <translation>Objetivo cumplido {0} días seguidos</translation>
    </message>
    <message>
        <source>Meet the goal to start a row of days</source>
        <translation>Cumpla el objetivo para empezar una serie de días</translation>
    </message>
    <message>
        <source>Daily g&amp;oal</source>
        <translation>O&amp;bjetivo diario</translation>
    </message>
</context>
<context>
    <name>HandImage</name>
    <message>
        <source>A hand that signs a letter</source>
        <translation>Una mano que hace la seña de una letra</translation>
    </message>
    <message>
        <source>A hand that signs {0}</source>
        <translation>Una mano que hace la seña de {0}</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>{0}: cannot be made ({1}).</source>
        <translation>{0}: no se puede crear ({1}).</translation>
    </message>
    <message>
        <source>No program opens folders here. The folder is {0}.</source>
        <translation>Aquí ningún programa abre carpetas. La carpeta es {0}.</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>That looks like {0}.</source>
        <translation>Eso parece {0}.</translation>
    </message>
</context>
<context>
    <name>HyperParameter</name>
    <message>
        <source>Temperature</source>
        <translation>Temperatura</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Épocas</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>Optimizador</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Decaimiento</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>Equilibrio</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Entrenamiento</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>Aumento</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Ajuste previo</translation>
    </message>
    <message>
        <source>Sets all random changes to the images, which follow one by one</source>
        <translation>Fija todos los cambios al azar en las imágenes, que siguen uno a uno</translation>
    </message>
    <message>
        <source>Convolutions</source>
        <translation>Convoluciones</translation>
    </message>
    <message>
        <source>Convolutional layers before the hidden ones, such as “o 32 p 64 p”; empty: none</source>
        <translation>Capas convolucionales antes de las ocultas, como «o 32 p 64 p»; vacío: ninguna</translation>
    </message>
    <message>
        <source>Hidden layers</source>
        <translation>Capas ocultas</translation>
    </message>
    <message>
        <source>Widths of the hidden layers, from the first to the last, such as 512,256</source>
        <translation>Anchos de las capas ocultas, de la primera a la última, como 512,256</translation>
    </message>
    <message>
        <source>Linear layers</source>
        <translation>Capas lineales</translation>
    </message>
    <message>
        <source>Indices, from 1, of hidden layers without a ReLU</source>
        <translation>Índices, desde 1, de las capas ocultas sin ReLU</translation>
    </message>
    <message>
        <source>Share of hidden values that are set to 0 in a step; reduces overfitting</source>
        <translation>Parte de los valores ocultos que se pone a 0 en un paso; reduce el sobreajuste</translation>
    </message>
    <message>
        <source>Passes over the training images</source>
        <translation>Pasadas por las imágenes de entrenamiento</translation>
    </message>
    <message>
        <source>Initial size</source>
        <translation>Tamaño inicial</translation>
    </message>
    <message>
        <source>Image size in the first epochs (progressive resizing); 0: the same in all</source>
        <translation>Tamaño de la imagen en las primeras épocas (redimensionado progresivo); 0: igual en todas</translation>
    </message>
    <message>
        <source>Initial epochs</source>
        <translation>Épocas iniciales</translation>
    </message>
    <message>
        <source>Epochs at the initial size</source>
        <translation>Épocas con el tamaño inicial</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Tamaño del lote</translation>
    </message>
    <message>
        <source>Images per mini-batch</source>
        <translation>Imágenes por minilote</translation>
    </message>
    <message>
        <source>Images per epoch</source>
        <translation>Imágenes por época</translation>
    </message>
    <message>
        <source>Images drawn per epoch; 0: each image once</source>
        <translation>Imágenes sorteadas por época; 0: cada imagen una vez</translation>
    </message>
    <message>
        <source>With images drawn per epoch, 0: uniform over images, 1: uniform over sources</source>
        <translation>Con imágenes sorteadas por época, 0: uniforme entre imágenes, 1: uniforme entre fuentes</translation>
    </message>
    <message>
        <source>Source weights</source>
        <translation>Pesos de las fuentes</translation>
    </message>
    <message>
        <source>With images drawn per epoch: how many times as often as by balance a source is drawn, such as sign_mnist_train:0.4</source>
        <translation>Con imágenes sorteadas por época: cuántas veces más que por equilibrio se sortea una fuente, como sign_mnist_train:0.4</translation>
    </message>
    <message>
        <source>sgd: the plain gradient; momentum: its running mean; adam: scaled for each weight; muon: orthogonalised for each layer</source>
        <translation>sgd: el gradiente simple; momentum: su media móvil; adam: escalado para cada peso; muon: ortogonalizado para cada capa</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Tasa de aprendizaje</translation>
    </message>
    <message>
        <source>Peak learning rate</source>
        <translation>Tasa de aprendizaje máxima</translation>
    </message>
    <message>
        <source>How the learning rate falls towards the end</source>
        <translation>Cómo baja la tasa de aprendizaje hacia el final</translation>
    </message>
    <message>
        <source>Decoupled decay of the weights; reduces overfitting</source>
        <translation>Decaimiento desacoplado de los pesos; reduce el sobreajuste</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>Suavizado de etiquetas</translation>
    </message>
    <message>
        <source>Share of the target that is uniform over all classes; reduces overconfidence</source>
        <translation>Parte del objetivo uniforme entre todas las clases; reduce el exceso de confianza</translation>
    </message>
    <message>
        <source>Distillation weight</source>
        <translation>Peso de la destilación</translation>
    </message>
    <message>
        <source>Share of the target that is the teacher&apos;s probabilities; above 0 needs --teacher</source>
        <translation>Parte del objetivo que son las probabilidades del profesor; por encima de 0 requiere --teacher</translation>
    </message>
    <message>
        <source>EMA</source>
        <translation>EMA</translation>
    </message>
    <message>
        <source>Decay per step of the exponential moving average of the weights that is saved; 0: the last weights are saved</source>
        <translation>Decaimiento por paso de la media móvil exponencial de los pesos que se guarda; 0: se guardan los últimos pesos</translation>
    </message>
    <message>
        <source>No-sign images</source>
        <translation>Imágenes sin seña</translation>
    </message>
    <message>
        <source>Share of each mini-batch that shows no sign; above 0 the network has a class for it</source>
        <translation>Parte de cada minilote que no muestra ninguna seña; por encima de 0 la red tiene una clase para ello</translation>
    </message>
    <message>
        <source>Joints</source>
        <translation>Articulaciones</translation>
    </message>
    <message>
        <source>Weight of the loss of the hand&apos;s joints; above 0 the network has 42 outputs for them</source>
        <translation>Peso de la pérdida de las articulaciones de la mano; por encima de 0, la red tiene 42 salidas para ellas</translation>
    </message>
    <message>
        <source>Inference margin</source>
        <translation>Margen de inferencia</translation>
    </message>
    <message>
        <source>Crop margin of the finished network; 0: that of the training</source>
        <translation>Margen del recorte de la red terminada; 0: el del entrenamiento</translation>
    </message>
    <message>
        <source>Of everything random: the same seed gives the same weights</source>
        <translation>De todo lo aleatorio: la misma semilla da los mismos pesos</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>Tamaño de la imagen</translation>
    </message>
    <message>
        <source>Pixels along a side of the network&apos;s input</source>
        <translation>Píxeles de un lado de la entrada de la red</translation>
    </message>
    <message>
        <source>Crop margin</source>
        <translation>Margen del recorte</translation>
    </message>
    <message>
        <source>Side of the crop over the longer side of the hand box; a CSV is cropped already</source>
        <translation>Lado del recorte entre el lado mayor del recuadro; un CSV ya está recortado</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>Normalización</translation>
    </message>
    <message>
        <source>image: each image by its own mean and standard deviation; dataset: all by those of the training images</source>
        <translation>image: cada imagen con su media y su desviación típica; dataset: todas con las de las imágenes de entrenamiento</translation>
    </message>
    <message>
        <source>Mirrored inference</source>
        <translation>Inferencia en espejo</translation>
    </message>
    <message>
        <source>Average the probabilities of the image and its mirror image (test-time augmentation)</source>
        <translation>Promedia las probabilidades de la imagen y de su imagen en espejo (aumento en la inferencia)</translation>
    </message>
    <message>
        <source>Divides the logits; above 1 the network is less confident</source>
        <translation>Divide los logits; por encima de 1 la red tiene menos confianza</translation>
    </message>
    <message>
        <source>No-sign bias</source>
        <translation>Sesgo sin seña</translation>
    </message>
    <message>
        <source>Added to the logit of “no sign”; above 0 fewer images without a sign pass for a letter</source>
        <translation>Se suma al logit de «sin seña»; por encima de 0 menos imágenes sin seña pasan por una letra</translation>
    </message>
    <message>
        <source>Turned inference</source>
        <translation>Inferencia girada</translation>
    </message>
    <message>
        <source>Average the probabilities of the image turned by so many degrees to the left and to the right (test-time augmentation); 0: read it as it is</source>
        <translation>Promedia las probabilidades de la imagen girada tantos grados a la izquierda y a la derecha (aumento en la inferencia); 0: se lee tal cual</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>Rotación</translation>
    </message>
    <message>
        <source>Largest angle in degrees</source>
        <translation>Mayor ángulo en grados</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Escala</translation>
    </message>
    <message>
        <source>Largest change of size; 0.2 is a fifth</source>
        <translation>Mayor cambio de tamaño; 0.2 es un quinto</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>Estiramiento</translation>
    </message>
    <message>
        <source>Largest change of width over height; 0.2 is a fifth</source>
        <translation>Mayor cambio del ancho entre el alto; 0.2 es un quinto</translation>
    </message>
    <message>
        <source>Largest tangent of the angle of shear</source>
        <translation>Mayor tangente del ángulo de inclinación</translation>
    </message>
    <message>
        <source>Largest shift in each direction, as a share of the image&apos;s side</source>
        <translation>Mayor desplazamiento en cada dirección, como parte del lado de la imagen</translation>
    </message>
    <message>
        <source>Probability of a mirrored image</source>
        <translation>Probabilidad de una imagen en espejo</translation>
    </message>
    <message>
        <source>Tone curve</source>
        <translation>Curva de tonos</translation>
    </message>
    <message>
        <source>Largest bend of the tone curve: darker or lighter middle tones</source>
        <translation>Mayor curvatura de la curva de tonos: tonos medios más oscuros o más claros</translation>
    </message>
    <message>
        <source>Side light</source>
        <translation>Luz lateral</translation>
    </message>
    <message>
        <source>Strength of light from one side, in gray levels</source>
        <translation>Intensidad de la luz desde un lado, en niveles de gris</translation>
    </message>
    <message>
        <source>Largest standard deviation of camera noise, in gray levels</source>
        <translation>Mayor desviación típica del ruido de la cámara, en niveles de gris</translation>
    </message>
    <message>
        <source>Erasing</source>
        <translation>Borrado</translation>
    </message>
    <message>
        <source>Probability of a covered rectangle</source>
        <translation>Probabilidad de un rectángulo tapado</translation>
    </message>
    <message>
        <source>Largest slope of depth: change of scale from the middle to a side</source>
        <translation>Mayor pendiente de profundidad: cambio de escala del centro a un lado</translation>
    </message>
    <message>
        <source>Probability of another background, where the hand&apos;s mask is known</source>
        <translation>Probabilidad de otro fondo, donde se conoce la máscara de la mano</translation>
    </message>
    <message>
        <source>Probability of a shadow over part of the image</source>
        <translation>Probabilidad de una sombra en una parte de la imagen</translation>
    </message>
    <message>
        <source>Probability of another exposure, clipped as a camera clips</source>
        <translation>Probabilidad de otra exposición, recortada como en una cámara</translation>
    </message>
    <message>
        <source>Resolution loss</source>
        <translation>Pérdida de resolución</translation>
    </message>
    <message>
        <source>Probability of lower resolution, as of a distant hand</source>
        <translation>Probabilidad de menor resolución, como en una mano lejana</translation>
    </message>
    <message>
        <source>Probability of blur, out of focus or by motion</source>
        <translation>Probabilidad de desenfoque, por enfoque o por movimiento</translation>
    </message>
    <message>
        <source>Shear</source>
        <translation>Inclinación</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Desplazamiento</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Espejo</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>Perspectiva</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Exposición</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>Sombra</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Ruido</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Desenfoque</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Fondo</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
</context>
<context>
    <name>Inspection</name>
    <message>
        <source>Validation after epoch {0}</source>
        <translation>Validación tras la época {0}</translation>
    </message>
</context>
<context>
    <name>LargeLetters</name>
    <message>
        <source>Large letters</source>
        <translation>Letras grandes</translation>
    </message>
    <message>
        <source>Esc leaves the large letters</source>
        <translation>Esc cierra las letras grandes</translation>
    </message>
</context>
<context>
    <name>LateTab</name>
    <message>
        <source>Opening…</source>
        <translation>Abriendo…</translation>
    </message>
</context>
<context>
    <name>LearnPage</name>
    <message>
        <source>Sign it into the hand box: here it says how well it is read.</source>
        <translation>Haga la seña dentro del recuadro: aquí se dice lo bien que se lee.</translation>
    </message>
    <message>
        <source>No sign is seen: hold your hand into the box.</source>
        <translation>No se ve ninguna seña: ponga la mano en el recuadro.</translation>
    </message>
    <message>
        <source>That is {0}. Well done!</source>
        <translation>Es {0}. ¡Muy bien!</translation>
    </message>
    <message>
        <source>Draw it into the hand box: here it says when it is read.</source>
        <translation>Dibújela dentro del recuadro: aquí se indica cuándo se ha leído.</translation>
    </message>
    <message>
        <source>This letter is a movement, which this network does not read.</source>
        <translation>Esta letra es un movimiento que esta red no lee.</translation>
    </message>
    <message>
        <source>A good start. Now draw {0} along the arrow.</source>
        <translation>Buen comienzo. Ahora dibuje la {0} siguiendo la flecha.</translation>
    </message>
    <message>
        <source>Begin with the hand as in the image, then draw {0} along the arrow.</source>
        <translation>Empiece con la mano como en la imagen y luego dibuje la {0} siguiendo la flecha.</translation>
    </message>
    <message>
        <source>Not clear yet: turn the hand as in the image and hold it still.</source>
        <translation>Aún no está claro: gire la mano como en la imagen y manténgala quieta.</translation>
    </message>
    <message>
        <source>Compare your hand with the image.</source>
        <translation>Compare su mano con la imagen.</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>Atrá&amp;s</translation>
    </message>
    <message>
        <source>Ne&amp;xt</source>
        <translation>Si&amp;guiente</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Objetivo</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Vista</translation>
    </message>
</context>
<context>
    <name>LetterCounts</name>
    <message>
        <source>Images of each letter</source>
        <translation>Imágenes de cada letra</translation>
    </message>
</context>
<context>
    <name>LetterPanel</name>
    <message>
        <source>Sure</source>
        <translation>Seguro</translation>
    </message>
    <message>
        <source>Likely</source>
        <translation>Probable</translation>
    </message>
    <message>
        <source>Unsure – a guess</source>
        <translation>Sin certeza: una conjetura</translation>
    </message>
    <message>
        <source>Nothing is read yet</source>
        <translation>Aún no se lee nada</translation>
    </message>
    <message>
        <source>No sign</source>
        <translation>Sin seña</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Sin certeza</translation>
    </message>
    <message>
        <source>Unsure: {0}?</source>
        <translation>Sin certeza: ¿{0}?</translation>
    </message>
    <message>
        <source>Unsure: {0} or {1}?</source>
        <translation>Sin certeza: ¿{0} o {1}?</translation>
    </message>
    <message>
        <source>{0} frames/s</source>
        <translation>{0} imágenes/s</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} ms</translation>
    </message>
    <message>
        <source>What the network sees</source>
        <translation>Lo que ve la red</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>Imágenes por segundo</translation>
    </message>
    <message>
        <source>Frames that arrived in the last second</source>
        <translation>Imágenes llegadas en el último segundo</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latencia</translation>
    </message>
    <message>
        <source>From a frame&apos;s arrival to the screen</source>
        <translation>Desde que llega una imagen hasta la pantalla</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lectura</translation>
    </message>
    <message>
        <source>Time to crop and read one frame</source>
        <translation>Tiempo para recortar y leer un fotograma</translation>
    </message>
</context>
<context>
    <name>LetterStrip</name>
    <message>
        <source>{0}: {1} samples</source>
        <translation>{0}: {1} muestras</translation>
    </message>
</context>
<context>
    <name>LetterTile</name>
    <message>
        <source>Show this letter large, with a tip</source>
        <translation>Mostrar esta letra en grande, con un consejo</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>Señas</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lectura</translation>
    </message>
</context>
<context>
    <name>LevelDots</name>
    <message>
        <source>{0}: {1} of {2} steps</source>
        <translation>{0}: {1} de {2} pasos</translation>
    </message>
</context>
<context>
    <name>LivePanel</name>
    <message>
        <source>This is the demo clip: its letters do not count as yours.</source>
        <translation>Esta es la demostración: sus letras no se le anotan.</translation>
    </message>
    <message>
        <source>The network is not loaded yet.</source>
        <translation>La red aún no está cargada.</translation>
    </message>
    <message>
        <source>A still image does not count.</source>
        <translation>Una imagen fija no cuenta.</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Leyendo</translation>
    </message>
    <message>
        <source> or </source>
        <translation> o </translation>
    </message>
    <message>
        <source>Perhaps {0}</source>
        <translation>Quizá {0}</translation>
    </message>
    <message>
        <source>No sign</source>
        <translation>Sin seña</translation>
    </message>
    <message>
        <source>No image: the Live tab says why.</source>
        <translation>No hay imagen: la pestaña En vivo dice por qué.</translation>
    </message>
</context>
<context>
    <name>LiveTab</name>
    <message>
        <source>Opening…</source>
        <translation>Abriendo…</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Cámara</translation>
    </message>
    <message>
        <source>Reads with {0}; choose another</source>
        <translation>Se lee con {0}; elija otra</translation>
    </message>
    <message>
        <source>Network: {0}</source>
        <translation>Red: {0}</translation>
    </message>
    <message>
        <source>Typing is off for this source</source>
        <translation>Escritura desactivada con esta fuente</translation>
    </message>
    <message>
        <source>Typing waits for the first steps</source>
        <translation>Se escribe tras los primeros pasos</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Congelada</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>Re&amp;d</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Image with hand box</source>
        <translation>Imagen con recuadro de la mano</translation>
    </message>
    <message>
        <source>No image</source>
        <translation>Sin imagen</translation>
    </message>
</context>
<context>
    <name>LiveWeights</name>
    <message>
        <source>{0} (default)</source>
        <translation>{0} (predeterminada)</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>Incluida</translation>
    </message>
    <message>
        <source>Sign Language MNIST</source>
        <translation>Sign Language MNIST</translation>
    </message>
    <message>
        <source>Open weights</source>
        <translation>Abrir pesos</translation>
    </message>
    <message>
        <source>Weight files</source>
        <translation>Archivos de pesos</translation>
    </message>
    <message>
        <source>{1} is the default now: it reads now and after every start.</source>
        <translation>{1} es ahora la red predeterminada: lee ahora y después de cada inicio.</translation>
    </message>
    <message>
        <source>The shipped network reads again, now and after every start.</source>
        <translation>La red incluida lee de nuevo, ahora y después de cada inicio.</translation>
    </message>
    <message>
        <source>Save weights</source>
        <translation>Guardar pesos</translation>
    </message>
    <message>
        <source>Saved as {0}.</source>
        <translation>Guardado como {0}.</translation>
    </message>
    <message>
        <source>No weights are loaded. Open a weight file with File ▸ Open weights.</source>
        <translation>No hay pesos cargados. Abra un archivo de pesos con Archivo ▸ Abrir pesos.</translation>
    </message>
    <message>
        <source>{1} reads now instead of {0}, until the program is closed.</source>
        <translation>{1} lee ahora en lugar de {0}, hasta que se cierre el programa.</translation>
    </message>
    <message>
        <source>{1} reads now instead of {0}.</source>
        <translation>{1} lee ahora en lugar de {0}.</translation>
    </message>
    <message>
        <source>{1} was read from its file again.</source>
        <translation>{1} se ha leído de nuevo de su archivo.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;Live</source>
        <translation>E&amp;n vivo</translation>
    </message>
    <message>
        <source>T&amp;raining</source>
        <translation>Ent&amp;renamiento</translation>
    </message>
    <message>
        <source>Training goes on</source>
        <translation>El entrenamiento continúa</translation>
    </message>
    <message>
        <source>A training goes on. If you quit, it stops: the best checkpoint so far is saved, and the run can be resumed.</source>
        <translation>Hay un entrenamiento en marcha. Si sale, se detiene: se guarda el mejor punto de control hasta ahora, y el entrenamiento se puede reanudar.</translation>
    </message>
    <message>
        <source>&amp;Stop and quit</source>
        <translation>&amp;Detener y salir</translation>
    </message>
    <message>
        <source>&amp;Keep training</source>
        <translation>&amp;Seguir entrenando</translation>
    </message>
    <message>
        <source>&amp;Practice</source>
        <translation>&amp;Práctica</translation>
    </message>
    <message>
        <source>&amp;My hand</source>
        <translation>&amp;Mi mano</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>El idioma cambia en el próximo inicio.</translation>
    </message>
</context>
<context>
    <name>MenuBar</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>&amp;Texto</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Tema</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
</context>
<context>
    <name>MyHandTab</name>
    <message>
        <source>Left ha&amp;nd</source>
        <translation>Mano iz&amp;quierda</translation>
    </message>
    <message>
        <source>Draw the hands as left hands</source>
        <translation>Dibujar las manos como manos izquierdas</translation>
    </message>
    <message>
        <source>Left hand</source>
        <translation>Mano izquierda</translation>
    </message>
    <message>
        <source>Re&amp;cord</source>
        <translation>&amp;Grabar</translation>
    </message>
    <message>
        <source>Letter by letter, with an image</source>
        <translation>Letra por letra, con imagen</translation>
    </message>
    <message>
        <source>M&amp;y samples</source>
        <translation>M&amp;is muestras</translation>
    </message>
    <message>
        <source>Look, delete, export</source>
        <translation>Ver, eliminar, exportar</translation>
    </message>
    <message>
        <source>Te&amp;ach</source>
        <translation>En&amp;señar</translation>
    </message>
    <message>
        <source>Let the network learn your hand</source>
        <translation>Que la red aprenda su mano</translation>
    </message>
    <message>
        <source>Ri&amp;ght hand</source>
        <translation>Mano derec&amp;ha</translation>
    </message>
    <message>
        <source>Which hand do you sign with? The images will show that one.</source>
        <translation>¿Con qué mano hace las señas? Las imágenes mostrarán esa.</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Videos</source>
        <translation>Vídeos</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imágenes</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>Conjuntos de datos</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Pesos</translation>
    </message>
    <message>
        <source>All that can be opened</source>
        <translation>Todo lo que se puede abrir</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>Abrir un archivo</translation>
    </message>
    <message>
        <source>Open folder of images</source>
        <translation>Abrir carpeta de imágenes</translation>
    </message>
</context>
<context>
    <name>OwnListDialog</name>
    <message>
        <source>Own list</source>
        <translation>Lista propia</translation>
    </message>
    <message>
        <source>&amp;Words or names, one a line or with commas between them</source>
        <translation>&amp;Palabras o nombres, uno por línea o separados por comas</translation>
    </message>
    <message>
        <source>Open a &amp;file…</source>
        <translation>Abrir un archi&amp;vo…</translation>
    </message>
    <message>
        <source>Open a list of words</source>
        <translation>Abrir una lista de palabras</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listas</translation>
    </message>
    <message>
        <source>Words: {0}</source>
        <translation>Palabras: {0}</translation>
    </message>
    <message>
        <source>Left out, since only words of A to Z can be signed: {0}</source>
        <translation>Se omiten, porque solo se pueden hacer señas de palabras de la A a la Z: {0}</translation>
    </message>
</context>
<context>
    <name>PaceSlider</name>
    <message>
        <source>Calm</source>
        <translation>Tranquilo</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Rápido</translation>
    </message>
    <message>
        <source>Pa&amp;ce</source>
        <translation>Ritm&amp;o</translation>
    </message>
    <message>
        <source>a letter is typed when held for {0} s, a space after {1} s without a hand</source>
        <translation>una letra se escribe si se mantiene {0} s, un espacio tras {1} s sin mano</translation>
    </message>
    <message>
        <source>Pace of typing: {0}</source>
        <translation>Ritmo de escritura: {0}</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>My hand</source>
        <translation>Mi mano</translation>
    </message>
    <message>
        <source>Person {0}</source>
        <translation>Persona {0}</translation>
    </message>
</context>
<context>
    <name>PersonButton</name>
    <message>
        <source>Whose hand it is: each person has samples and a network</source>
        <translation>De quién es la mano: cada persona tiene sus muestras y su red</translation>
    </message>
    <message>
        <source>&amp;New person…</source>
        <translation>&amp;Nueva persona…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Cambiar nombre…</translation>
    </message>
    <message>
        <source>&amp;Save to a file…</source>
        <translation>&amp;Guardar en un archivo…</translation>
    </message>
    <message>
        <source>&amp;Open from a file…</source>
        <translation>&amp;Abrir de un archivo…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Eliminar…</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>Nueva persona</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Cambiar nombre</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>A person&apos;s hand</source>
        <translation>La mano de una persona</translation>
    </message>
    <message>
        <source>Save to a file</source>
        <translation>Guardar en un archivo</translation>
    </message>
    <message>
        <source>Saved as {0}.</source>
        <translation>Guardado como {0}.</translation>
    </message>
    <message>
        <source>Open from a file</source>
        <translation>Abrir de un archivo</translation>
    </message>
    <message>
        <source>{0} is here now.</source>
        <translation>{0} ya está aquí.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Delete {0}, with all samples and the network? It cannot be undone.</source>
        <translation>¿Eliminar {0}, con todas las muestras y la red? No se puede deshacer.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Eliminar para siempre</translation>
    </message>
</context>
<context>
    <name>Plots</name>
    <message>
        <source>Learning curves</source>
        <translation>Curvas de aprendizaje</translation>
    </message>
    <message>
        <source>Loss (cross-entropy)</source>
        <translation>Pérdida</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Exactitud</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Época</translation>
    </message>
    <message>
        <source>Mini-batch</source>
        <translation>Minilote</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Entrenamiento</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validación</translation>
    </message>
    <message>
        <source>best</source>
        <translation>mejor</translation>
    </message>
</context>
<context>
    <name>PracticeTab</name>
    <message>
        <source>Draw the hands as left hands</source>
        <translation>Dibujar las manos como manos izquierdas</translation>
    </message>
    <message>
        <source>Letter by letter, with an image</source>
        <translation>Letra por letra, con imagen</translation>
    </message>
    <message>
        <source>Your weakest letters first</source>
        <translation>Primero sus letras más débiles</translation>
    </message>
    <message>
        <source>Left hand</source>
        <translation>Mano izquierda</translation>
    </message>
    <message>
        <source>Co&amp;urse</source>
        <translation>C&amp;urso</translation>
    </message>
    <message>
        <source>Lessons, and what is due today</source>
        <translation>Lecciones, y lo que toca hoy</translation>
    </message>
    <message>
        <source>Lear&amp;n</source>
        <translation>Apren&amp;der</translation>
    </message>
    <message>
        <source>Dr&amp;ill</source>
        <translation>E&amp;jercitar</translation>
    </message>
    <message>
        <source>Against the clock</source>
        <translation>Contrarreloj</translation>
    </message>
    <message>
        <source>Spell a wor&amp;d</source>
        <translation>De&amp;letrear</translation>
    </message>
    <message>
        <source>Re&amp;ad hands</source>
        <translation>Leer man&amp;os</translation>
    </message>
    <message>
        <source>No camera needed</source>
        <translation>Sin cámara</translation>
    </message>
    <message>
        <source>Export the results</source>
        <translation>Exportar los resultados</translation>
    </message>
    <message>
        <source>Saved as {0}.</source>
        <translation>Guardado como {0}.</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Preferencias</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Tema</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>Text si&amp;ze</source>
        <translation>Tamaño del te&amp;xto</translation>
    </message>
    <message>
        <source>Reading and typing</source>
        <translation>Lectura y escritura</translation>
    </message>
    <message>
        <source>Your data</source>
        <translation>Sus datos</translation>
    </message>
    <message>
        <source>Language and text size change at the next start.</source>
        <translation>El idioma y el tamaño del texto cambian en el próximo inicio.</translation>
    </message>
    <message>
        <source>The environment variable {0} names another folder.</source>
        <translation>La variable de entorno {0} indica otra carpeta.</translation>
    </message>
    <message>
        <source>&amp;Open the folder</source>
        <translation>&amp;Abrir la carpeta</translation>
    </message>
    <message>
        <source>Open the &amp;runs</source>
        <translation>Abrir los &amp;entrenamientos</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>Quick look</source>
        <translation>Vistazo rápido</translation>
    </message>
    <message>
        <source>A small network in less than a minute, to see whether the images are usable.</source>
        <translation>Una red pequeña en menos de un minuto, para ver si las imágenes sirven.</translation>
    </message>
    <message>
        <source>Course network</source>
        <translation>Red del curso</translation>
    </message>
    <message>
        <source>Three layers of 300, plain SGD, no augmentation: what this project began with.</source>
        <translation>Tres capas de 300, SGD simple, sin aumento: así empezó este proyecto.</translation>
    </message>
    <message>
        <source>Fully connected</source>
        <translation>Totalmente conectada</translation>
    </message>
    <message>
        <source>Fine-tune the loaded network</source>
        <translation>Ajustar la red cargada</translation>
    </message>
    <message>
        <source>Starts from the network that reads live and takes small steps. Letters without images stay known.</source>
        <translation>Parte de la red que lee en vivo, en pasos pequeños. Las letras sin imágenes se conservan.</translation>
    </message>
    <message>
        <source>The fully-connected network of the model card, with augmentation.</source>
        <translation>La red totalmente conectada de la ficha del modelo, con aumento.</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Following</source>
        <translation>Siguiendo</translation>
    </message>
    <message>
        <source>Resting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>No hand</source>
        <translation>Sin mano</translation>
    </message>
    <message>
        <source>Fixed by you</source>
        <translation>Fijado por usted</translation>
    </message>
    <message>
        <source>Image with hand box</source>
        <translation>Imagen con recuadro de la mano</translation>
    </message>
    <message>
        <source>Hand box: centre at {0} % across and {1} % down, side {2} % of the image. Arrow keys move it, Shift with arrow keys or plus and minus resize it, Home resets it.</source>
        <translation>Recuadro: centro al {0} % de ancho y {1} % de alto, lado del {2} % de la imagen. Las flechas lo mueven; Mayús con flechas, o más y menos, cambian su tamaño; Inicio lo restablece.</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>Erase &amp;your progress…</source>
        <translation>&amp;Borrar su progreso…</translation>
    </message>
    <message>
        <source>Export results…</source>
        <translation>Exportar resultados…</translation>
    </message>
    <message>
        <source>A CSV table for a teacher or for yourself</source>
        <translation>Una tabla CSV para un profesor o para usted</translation>
    </message>
    <message>
        <source>Erase your progress</source>
        <translation>Borrar su progreso</translation>
    </message>
    <message>
        <source>Erase how your letters went so far, signed and read, and your best pace? They cannot be brought back.</source>
        <translation>¿Borrar cómo le ha ido con las letras hasta ahora, al hacerlas y al leerlas, y su mejor ritmo? No se pueden recuperar.</translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation>&amp;Borrar</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Conservar</translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message>
        <source>Your letters</source>
        <translation>Sus letras</translation>
    </message>
    <message>
        <source>Nothing practised yet.</source>
        <translation>Aún no se ha practicado nada.</translation>
    </message>
    <message>
        <source>No mistakes so far.</source>
        <translation>Sin errores hasta ahora.</translation>
    </message>
    <message>
        <source>Weakest: {0}.</source>
        <translation>Más débiles: {0}.</translation>
    </message>
    <message>
        <source>{0}: never tried</source>
        <translation>{0}: nunca probada</translation>
    </message>
    <message>
        <source>{0}: {1} of {2} correct</source>
        <translation>{0}: {1} de {2} correctas</translation>
    </message>
    <message>
        <source>, {0} s each</source>
        <translation>, {0} s cada una</translation>
    </message>
    <message>
        <source>, taken for {0}</source>
        <translation>, tomada por {0}</translation>
    </message>
</context>
<context>
    <name>ReadChoice</name>
    <message>
        <source>All letters</source>
        <translation>Todas las letras</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Palabras</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Nombres</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Lugares</translation>
    </message>
    <message>
        <source>Own list</source>
        <translation>Lista propia</translation>
    </message>
    <message>
        <source>Due today: {0}</source>
        <translation>Para hoy: {0}</translation>
    </message>
    <message>
        <source>Look-alikes: {0}</source>
        <translation>Parecidas: {0}</translation>
    </message>
    <message>
        <source>{0} and {1}, often confused</source>
        <translation>{0} y {1}, a menudo confundidas</translation>
    </message>
</context>
<context>
    <name>ReadPage</name>
    <message>
        <source>Own list…</source>
        <translation>Lista propia…</translation>
    </message>
    <message>
        <source>A&amp;gain</source>
        <translation>Otra ve&amp;z</translation>
    </message>
    <message>
        <source>Which word is this? Type it and press Enter.</source>
        <translation>¿Qué palabra es? Escríbala y pulse Intro.</translation>
    </message>
    <message>
        <source>Which letter is this? Type it.</source>
        <translation>¿Qué letra es? Escríbala.</translation>
    </message>
    <message>
        <source>✓ Correct: {0}</source>
        <translation>✓ Correcto: {0}</translation>
    </message>
    <message>
        <source>That is {0}.</source>
        <translation>Es {0}.</translation>
    </message>
    <message>
        <source>That is {0}, not {1}.</source>
        <translation>Es {0}, no {1}.</translation>
    </message>
    <message>
        <source>Chec&amp;k</source>
        <translation>&amp;Comprobar</translation>
    </message>
    <message>
        <source>Ne&amp;xt</source>
        <translation>Si&amp;guiente</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Lento</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Medio</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Rápido</translation>
    </message>
    <message>
        <source>Sh&amp;ow</source>
        <translation>Mo&amp;strar</translation>
    </message>
    <message>
        <source>Pa&amp;ce</source>
        <translation>R&amp;itmo</translation>
    </message>
    <message>
        <source>Sho&amp;w me</source>
        <translation>¿&amp;Qué es?</translation>
    </message>
    <message>
        <source>Very slow</source>
        <translation>Muy lento</translation>
    </message>
    <message>
        <source>Very fast</source>
        <translation>Muy rápido</translation>
    </message>
    <message>
        <source>One hand</source>
        <translation>Una mano</translation>
    </message>
    <message>
        <source>Many hands</source>
        <translation>Muchas manos</translation>
    </message>
    <message>
        <source>Other people&apos;s hands: skin, size, side and view differ</source>
        <translation>Manos de otras personas: cambian la piel, el tamaño, el lado y la vista</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>Su respuesta</translation>
    </message>
    <message>
        <source>&amp;By</source>
        <translation>&amp;Hecho por</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Re&amp;cent</source>
        <translation>&amp;Recientes</translation>
    </message>
    <message>
        <source>Nothing was opened yet</source>
        <translation>Todavía no se ha abierto nada</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>&amp;Vaciar esta lista</translation>
    </message>
</context>
<context>
    <name>RecipeCard</name>
    <message>
        <source>Training files</source>
        <translation>Archivos de entrenamiento</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Other photographs</source>
        <translation>Otras fotografías</translation>
    </message>
    <message>
        <source>Other people</source>
        <translation>Otras personas</translation>
    </message>
    <message>
        <source>Files of their own</source>
        <translation>Archivos propios</translation>
    </message>
    <message>
        <source>Random rows (leaks)</source>
        <translation>Filas al azar (con fuga)</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nada</translation>
    </message>
    <message>
        <source>Validation files</source>
        <translation>Archivos de validación</translation>
    </message>
    <message>
        <source>Validate on</source>
        <translation>Validar con</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Receta</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Avanzado</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Carpeta…</translation>
    </message>
    <message>
        <source>Detect automatically</source>
        <translation>Detectar automáticamente</translation>
    </message>
    <message>
        <source>Crop images that are not square</source>
        <translation>Recortar las que no son cuadradas</translation>
    </message>
    <message>
        <source>Crop every image</source>
        <translation>Recortar todas las imágenes</translation>
    </message>
    <message>
        <source>Take images whole</source>
        <translation>Tomar las imágenes enteras</translation>
    </message>
    <message>
        <source>Whether the hand is found and cropped in images that come without a hand box</source>
        <translation>Si se busca y se recorta la mano en las imágenes que no traen su recuadro</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>Datos de entrenamiento</translation>
    </message>
    <message>
        <source>All images of these files; none of them are trained on.</source>
        <translation>Todas las imágenes de estos archivos; no se entrena con ninguna.</translation>
    </message>
    <message>
        <source>All images are trained on, so no epoch is known to be the best.</source>
        <translation>Se entrena con todas las imágenes, así que no se sabe qué época es la mejor.</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Añadir archivos…</translation>
    </message>
    <message>
        <source>0–24 without 9 (10 is K)</source>
        <translation>0–24 sin 9 (10 es K)</translation>
    </message>
    <message>
        <source>0–23 without a gap (9 is K)</source>
        <translation>0–23 sin hueco (9 es K)</translation>
    </message>
    <message>
        <source>La&amp;bels in the files</source>
        <translation>Eti&amp;quetas de los archivos</translation>
    </message>
    <message>
        <source>Hands in the images</source>
        <translation>Manos en las imágenes</translation>
    </message>
    <message>
        <source>A fifth of the photographs, with all their variants. The people are the same.</source>
        <translation>Una quinta parte de las fotografías, con todas sus variantes. Las personas son las mismas.</translation>
    </message>
    <message>
        <source>One person&apos;s images. Known for the two Sign Language MNIST files only.</source>
        <translation>Las imágenes de una persona. Solo se conocen en los dos archivos de Sign Language MNIST.</translation>
    </message>
    <message>
        <source>⚠ Leaks: variants of one photograph are on both sides, so the result is too good to be true.</source>
        <translation>⚠ Fuga: hay variantes de una misma fotografía en ambos lados, así que el resultado es demasiado bueno para ser cierto.</translation>
    </message>
    <message>
        <source>Now: {0}.</source>
        <translation>Ahora: {0}.</translation>
    </message>
    <message>
        <source>Also: {0}</source>
        <translation>Además: {0}</translation>
    </message>
    <message>
        <source>({0} changed)</source>
        <translation>({0} cambiados)</translation>
    </message>
</context>
<context>
    <name>RecordPage</name>
    <message>
        <source>Samples of this letter</source>
        <translation>Muestras de esta letra</translation>
    </message>
    <message>
        <source>Ne&amp;xt letter</source>
        <translation>&amp;Letra siguiente</translation>
    </message>
    <message>
        <source>Space begins and pauses</source>
        <translation>Espacio empieza y pausa</translation>
    </message>
    <message>
        <source>Paused. The samples so far are saved.</source>
        <translation>En pausa. Las muestras tomadas están guardadas.</translation>
    </message>
    <message>
        <source>&amp;1  To learn</source>
        <translation>&amp;1  Para aprender</translation>
    </message>
    <message>
        <source>First sitting: the network learns it</source>
        <translation>Primera sesión: la red la aprende</translation>
    </message>
    <message>
        <source>&amp;2  To check</source>
        <translation>&amp;2  Para comprobar</translation>
    </message>
    <message>
        <source>Second sitting, later or a step away: it is never learned</source>
        <translation>Segunda sesión, más tarde o a un paso de distancia: nunca se aprende</translation>
    </message>
    <message>
        <source>This sample could not be saved.</source>
        <translation>No se pudo guardar esta muestra.</translation>
    </message>
    <message>
        <source>Sign {0}, and hold it.</source>
        <translation>Haga la seña de {0} y manténgala.</translation>
    </message>
    <message>
        <source>Recording: turn and move the hand a little.</source>
        <translation>Grabando: gire y mueva un poco la mano.</translation>
    </message>
    <message>
        <source>This looks like a {0}.</source>
        <translation>Esto parece una {0}.</translation>
    </message>
    <message>
        <source>This looks like an {0}.</source>
        <translation>Esto parece una {0}.</translation>
    </message>
    <message>
        <source>Paused. {0}</source>
        <translation>En pausa. {0}</translation>
    </message>
    <message>
        <source>Recorded again. Next: teach the network, under Teach.</source>
        <translation>Grabado otra vez. Ahora enseñe a la red, en Enseñar.</translation>
    </message>
    <message>
        <source>All letters are there. Move a step or come back later; then record the second sitting, which checks what was learned.</source>
        <translation>Están todas las letras. Muévase un paso o vuelva más tarde; después grabe la segunda sesión, que comprueba lo aprendido.</translation>
    </message>
    <message>
        <source>All letters are there. Next: teach the network, under Teach.</source>
        <translation>Están todas las letras. Ahora: enseñe a la red, en Enseñar.</translation>
    </message>
    <message>
        <source>Next letter: {0}</source>
        <translation>Letra siguiente: {0}</translation>
    </message>
    <message>
        <source>{0} of {1} letters are complete.</source>
        <translation>{0} de {1} letras están completas.</translation>
    </message>
    <message>
        <source>It &amp;is a {0}</source>
        <translation>&amp;Sí, es una {0}</translation>
    </message>
    <message>
        <source>It &amp;is an {0}</source>
        <translation>&amp;Sí, es una {0}</translation>
    </message>
    <message>
        <source>It &amp;is my hand</source>
        <translation>&amp;Sí, es mi mano</translation>
    </message>
    <message>
        <source>This is the demo clip: its hand is not yours, so it is not recorded. Choose a camera under Source.</source>
        <translation>Este es el clip de demostración: su mano no es la de usted, por eso no se graba. Elija una cámara en Fuente.</translation>
    </message>
    <message>
        <source>No image: the Live tab says why.</source>
        <translation>No hay imagen: la pestaña En vivo dice por qué.</translation>
    </message>
    <message>
        <source>This is a file, not a camera. Does it show your own hand?</source>
        <translation>Esto es un archivo, no una cámara. ¿Muestra su propia mano?</translation>
    </message>
    <message>
        <source>This sitting is complete; more of a letter does no harm.</source>
        <translation>Esta sesión está completa; más muestras de una letra no hacen daño.</translation>
    </message>
    <message>
        <source>{0} to go, about {1} seconds. Begin, then sign each letter as it comes.</source>
        <translation>Faltan {0}, unos {1} segundos. Comience y haga la seña de cada letra que aparece.</translation>
    </message>
    <message>
        <source>Pa&amp;use</source>
        <translation>Pa&amp;usar</translation>
    </message>
    <message>
        <source>&amp;Begin</source>
        <translation>Empe&amp;zar</translation>
    </message>
</context>
<context>
    <name>Recorder</name>
    <message>
        <source>Hold the hand still.</source>
        <translation>Mantenga la mano quieta.</translation>
    </message>
    <message>
        <source>No whole hand is seen: put all of your hand into the box.</source>
        <translation>No se ve la mano entera: póngala toda en el recuadro.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report a problem</source>
        <translation>Informar de un problema</translation>
    </message>
    <message>
        <source>Describe what you did and what you expected, and add the text below. Nothing is sent from here: copy or save it, and look through it before you pass it on.</source>
        <translation>Describa lo que hizo y lo que esperaba, y añada el texto siguiente. Desde aquí no se envía nada: cópielo o guárdelo, y revíselo antes de compartirlo.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Guardar…</translation>
    </message>
    <message>
        <source>Open the &amp;log folder</source>
        <translation>Abrir la carpeta del &amp;registro</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copiado.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Saved as {0}.</source>
        <translation>Guardado como {0}.</translation>
    </message>
</context>
<context>
    <name>RoundWords</name>
    <message>
        <source>{0} of {1} correct at once.</source>
        <translation>{0} de {1} correctas a la primera.</translation>
    </message>
    <message>
        <source>No mistakes: well done!</source>
        <translation>Sin errores: ¡muy bien!</translation>
    </message>
    <message>
        <source>{0} (seen as {1})</source>
        <translation>{0} (vista como {1})</translation>
    </message>
    <message>
        <source>{0} (read as {1})</source>
        <translation>{0} (leída como {1})</translation>
    </message>
    <message>
        <source>Still hard: {0}.</source>
        <translation>Aún difíciles: {0}.</translation>
    </message>
    <message>
        <source>Next: {0}.</source>
        <translation>Después: {0}.</translation>
    </message>
    <message>
        <source>spell or read words</source>
        <translation>deletrear o leer palabras</translation>
    </message>
    <message>
        <source>lesson {1}, {0}</source>
        <translation>lección {1}, {0}</translation>
    </message>
    <message>
        <source>repeat {0}</source>
        <translation>repetir {0}</translation>
    </message>
    <message>
        <source>Lesson {0}: {1}</source>
        <translation>Lección {0}: {1}</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Progress of the run</source>
        <translation>Progreso del entrenamiento</translation>
    </message>
    <message>
        <source>Train with this recipe</source>
        <translation>Entrenar con esta receta</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Ends the run and saves the best checkpoint so far</source>
        <translation>Termina la ejecución y guarda el mejor punto de control hasta ahora</translation>
    </message>
    <message>
        <source>Resume the last run</source>
        <translation>Reanudar el último</translation>
    </message>
    <message>
        <source>Resumes after the last complete epoch</source>
        <translation>Reanuda tras la última época completa</translation>
    </message>
    <message>
        <source>Start trainin&amp;g</source>
        <translation>Empe&amp;zar a entrenar</translation>
    </message>
    <message>
        <source>Use l&amp;ive now</source>
        <translation>Usar en vivo a&amp;hora</translation>
    </message>
    <message>
        <source>Read with these weights, until others are chosen</source>
        <translation>Leer con estos pesos hasta que se elijan otros</translation>
    </message>
    <message>
        <source>&amp;Weights</source>
        <translation>Pe&amp;sos</translation>
    </message>
    <message>
        <source>&amp;Save weights…</source>
        <translation>&amp;Guardar pesos…</translation>
    </message>
    <message>
        <source>Set as &amp;default</source>
        <translation>Usar por &amp;defecto</translation>
    </message>
    <message>
        <source>&amp;Back to the shipped one</source>
        <translation>&amp;Volver a los incluidos</translation>
    </message>
    <message>
        <source>Epoch {0} of {1}: loss {2}, accuracy {3} %. {4} left.</source>
        <translation>Época {0} de {1}: pérdida {2}, exactitud {3} %. Faltan {4}.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
</context>
<context>
    <name>RunsPage</name>
    <message>
        <source>Training runs</source>
        <translation>Entrenamientos</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validación</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Épocas</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>Datos de entrenamiento</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Show its curves and errors; its weights can be used</source>
        <translation>Mostrar sus curvas y errores; se pueden usar sus pesos</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Cambiar nombre</translation>
    </message>
    <message>
        <source>F2, in the list</source>
        <translation>F2, en la lista</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Eliminar…</translation>
    </message>
    <message>
        <source>Delete, in the list</source>
        <translation>Supr, en la lista</translation>
    </message>
    <message>
        <source>At most {0} runs can be compared at once.</source>
        <translation>No se comparan más de {0} entrenamientos a la vez.</translation>
    </message>
    <message>
        <source>Delete run</source>
        <translation>Eliminar entrenamiento</translation>
    </message>
    <message>
        <source>Delete {0} with its weights?</source>
        <translation>¿Eliminar {0} con sus pesos?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Delete {0} from the list? Its weights stay at {1}.</source>
        <translation>¿Eliminar {0} de la lista? Sus pesos se quedan en {1}.</translation>
    </message>
    <message>
        <source>&amp;Delete run</source>
        <translation>&amp;Eliminar</translation>
    </message>
    <message>
        <source>&amp;Keep run</source>
        <translation>&amp;Conservar</translation>
    </message>
    <message>
        <source>No runs yet. Runs of `trainer train` are listed here, too.</source>
        <translation>Aún no hay entrenamientos. Los de «trainer train» también aparecen aquí.</translation>
    </message>
    <message>
        <source>Cannot resume: {0} is missing or has changed.</source>
        <translation>No se puede reanudar: {0} falta o ha cambiado.</translation>
    </message>
    <message>
        <source>Best epoch: {0}. Tick runs to see their curves behind the shown one&apos;s.</source>
        <translation>Mejor época: {0}. Marque entrenamientos para ver sus curvas detrás de las mostradas.</translation>
    </message>
    <message>
        <source>Tick runs to see their curves behind the shown one&apos;s.</source>
        <translation>Marque entrenamientos para ver sus curvas detrás de las mostradas.</translation>
    </message>
</context>
<context>
    <name>SamplesPage</name>
    <message>
        <source>Samples of this letter</source>
        <translation>Muestras de esta letra</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Borrar</translation>
    </message>
    <message>
        <source>Delete the chosen samples (Del)</source>
        <translation>Eliminar las muestras elegidas (Supr)</translation>
    </message>
    <message>
        <source>Delete everyth&amp;ing</source>
        <translation>Eliminar t&amp;odo</translation>
    </message>
    <message>
        <source>Delete the samples of all letters</source>
        <translation>Eliminar las muestras de todas las letras</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>Bring back what was deleted last</source>
        <translation>Recuperar lo último eliminado</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportar…</translation>
    </message>
    <message>
        <source>Save all samples as a CSV or crop file</source>
        <translation>Guardar todas las muestras como CSV o archivo de recortes</translation>
    </message>
    <message>
        <source>{0}, to check</source>
        <translation>{0}, para comprobar</translation>
    </message>
    <message>
        <source>CSV in Kaggle&apos;s layout (*.csv);;Crop file (*.npz)</source>
        <translation>CSV con el formato de Kaggle (*.csv);;Archivo de recortes (*.npz)</translation>
    </message>
    <message>
        <source>Export samples</source>
        <translation>Exportar muestras</translation>
    </message>
    <message>
        <source>my hand</source>
        <translation>mi mano</translation>
    </message>
    <message>
        <source>Exported to {0}.</source>
        <translation>Exportado a {0}.</translation>
    </message>
    <message>
        <source>There are no samples of {0} yet.</source>
        <translation>Aún no hay muestras de {0}.</translation>
    </message>
    <message>
        <source>{1} samples of {0}. They stay on this computer.</source>
        <translation>{1} muestras de {0}. Se quedan en este equipo.</translation>
    </message>
</context>
<context>
    <name>ScoreLine</name>
    <message>
        <source>{0} of {1} correct</source>
        <translation>{0} de {1} correctas</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Width</source>
        <translation>Ancho</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Tasa</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validación</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Pérdida</translation>
    </message>
    <message>
        <source>Stop search</source>
        <translation>Detener búsqueda</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>Resultados de la búsqueda</translation>
    </message>
    <message>
        <source>784 – h – h – h – 24, plain SGD. Chosen on rows that are held out of the training files; a test file is scored once, after the choice.</source>
        <translation>784 – h – h – h – 24, SGD simple. Se elige con filas apartadas de los archivos de entrenamiento; un archivo de prueba se mide una sola vez, tras la elección.</translation>
    </message>
    <message>
        <source>Of all three hidden layers, such as 300,500</source>
        <translation>De las tres capas ocultas, por ejemplo 300,500</translation>
    </message>
    <message>
        <source>On the summed loss, such as 1e-3,5e-4</source>
        <translation>Sobre la pérdida sumada, por ejemplo 1e-3,5e-4</translation>
    </message>
    <message>
        <source>&amp;Jobs</source>
        <translation>Traba&amp;jos</translation>
    </message>
    <message>
        <source>Networks that train at the same time, a core each</source>
        <translation>Redes que se entrenan al mismo tiempo, un núcleo cada una</translation>
    </message>
    <message>
        <source>Training the chosen network on all rows…</source>
        <translation>Entrenando la red elegida con todas las filas…</translation>
    </message>
    <message>
        <source>Chosen: {0}. Accuracy on {1}: {2} %.</source>
        <translation>Elegida: {0}. Exactitud en {1}: {2} %.</translation>
    </message>
    <message>
        <source>Test the chosen network on</source>
        <translation>Probar la red elegida con</translation>
    </message>
    <message>
        <source>Images that test the chosen network, once, at the end</source>
        <translation>Imágenes con las que se prueba la red elegida, una sola vez, al final</translation>
    </message>
    <message>
        <source>Reading the images…</source>
        <translation>Leyendo las imágenes…</translation>
    </message>
    <message>
        <source>Start search</source>
        <translation>Iniciar búsqueda</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Usar estos ajustes</translation>
    </message>
    <message>
        <source>Widths</source>
        <translation>Anchos</translation>
    </message>
    <message>
        <source>Learning rates</source>
        <translation>Tasas de aprendizaje</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Épocas</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Deteniendo…</translation>
    </message>
    <message>
        <source>{0} of {1} networks trained.</source>
        <translation>{0} de {1} redes entrenadas.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Detenida.</translation>
    </message>
    <message>
        <source>Chosen: {0}.</source>
        <translation>Elegida: {0}.</translation>
    </message>
    <message>
        <source>The search failed.</source>
        <translation>La búsqueda falló.</translation>
    </message>
    <message>
        <source>Images with letters</source>
        <translation>Imágenes con letras</translation>
    </message>
    <message>
        <source>Test file…</source>
        <translation>Archivo de prueba…</translation>
    </message>
    <message>
        <source>No test on {0}</source>
        <translation>No probar con {0}</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Demo clip</source>
        <translation>Demostración</translation>
    </message>
    <message>
        <source>No camera was found. Plug one in, or open a video, images or a stream instead.</source>
        <translation>No se encontró ninguna cámara. Conecte una, o abra un vídeo, imágenes o una transmisión.</translation>
    </message>
    <message>
        <source>{0} is not there: no camera that is plugged in has this name or number, and there is no such file, folder or stream address. Cameras that are there: {1}.</source>
        <translation>{0} no está: ninguna cámara conectada tiene este nombre o número, y no existe tal archivo, carpeta ni dirección de transmisión. Cámaras conectadas: {1}.</translation>
    </message>
    <message>
        <source>{0} is not there: it was unplugged or switched off. Plug it in.</source>
        <translation>{0} no está: se desconectó o se apagó. Conéctela.</translation>
    </message>
    <message>
        <source>{0} is in use by another program. {1}</source>
        <translation>{0} está en uso por otro programa. {1}</translation>
    </message>
    <message>
        <source>Close that program; the command `fuser {0}` finds it.</source>
        <translation>Cierre ese programa; el comando `fuser {0}` lo encuentra.</translation>
    </message>
    <message>
        <source>Close that program: a video call, the Camera app, or a browser tab.</source>
        <translation>Cierre ese programa: una videollamada, la aplicación Cámara o una pestaña del navegador.</translation>
    </message>
    <message>
        <source>Quit that program: FaceTime, Photo Booth, a video call, or a browser tab.</source>
        <translation>Cierre ese programa: FaceTime, Photo Booth, una videollamada o una pestaña del navegador.</translation>
    </message>
    <message>
        <source>{0} may not be used by this program. To allow it, {1}.</source>
        <translation>Este programa no tiene permiso para usar {0}. Para permitirlo, {1}.</translation>
    </message>
    <message>
        <source>{0} gives no image: another program has it, access is denied, or it was unplugged. Close the other program, plug it in again, or {1}.</source>
        <translation>{0} no da imagen: otro programa la usa, el acceso está denegado o se desconectó. Cierre el otro programa, vuelva a conectarla, o {1}.</translation>
    </message>
    <message>
        <source>let your user read {0}: run `sudo usermod -aG video $USER`, then log out and in again</source>
        <translation>permita que su usuario lea {0}: ejecute `sudo usermod -aG video $USER`, cierre la sesión y vuelva a iniciarla</translation>
    </message>
    <message>
        <source>open Settings ▸ Privacy &amp; security ▸ Camera and let desktop apps access the camera</source>
        <translation>abra Configuración ▸ Privacidad y seguridad ▸ Cámara y permita que las aplicaciones de escritorio usen la cámara</translation>
    </message>
    <message>
        <source>open System Settings ▸ Privacy &amp; Security ▸ Camera, switch on ASL Desktop (or the terminal that started it), and start it again</source>
        <translation>abra Ajustes del Sistema ▸ Privacidad y seguridad ▸ Cámara, active ASL Desktop (o el terminal que lo inició) y vuelva a iniciarlo</translation>
    </message>
    <message>
        <source>Reconnecting to {0}: {1}</source>
        <translation>Reconectando con {0}: {1}</translation>
    </message>
    <message>
        <source>{0}: there is no such file.</source>
        <translation>{0}: no existe tal archivo.</translation>
    </message>
    <message>
        <source>{0}: cannot be played as a video. Choose another file.</source>
        <translation>{0}: no se puede reproducir como vídeo. Elija otro archivo.</translation>
    </message>
    <message>
        <source>{0}: no images ({1}) in there.</source>
        <translation>{0}: no contiene imágenes ({1}).</translation>
    </message>
    <message>
        <source>{0}: cannot be read ({1}).</source>
        <translation>{0}: no se puede leer ({1}).</translation>
    </message>
    <message>
        <source>ASL Desktop is already open, and that window saves {0}; what changes here is not saved. Close this window, or close both and start again.</source>
        <translation>ASL Desktop ya está abierto, y esa ventana guarda {0}; lo que cambie aquí no se guarda. Cierre esta ventana, o cierre las dos y empiece de nuevo.</translation>
    </message>
    <message>
        <source>{0} The file is now called {1}.</source>
        <translation>{0} El archivo se llama ahora {1}.</translation>
    </message>
    <message>
        <source>{0}: the text is damaged.</source>
        <translation>{0}: el texto está dañado.</translation>
    </message>
    <message>
        <source>{0}: {1} is damaged ({2}).</source>
        <translation>{0}: {1} no se puede interpretar ({2}).</translation>
    </message>
    <message>
        <source>the text</source>
        <translation>el texto</translation>
    </message>
    <message>
        <source>the practice progress</source>
        <translation>el progreso de la práctica</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>En todas partes</translation>
    </message>
    <message>
        <source>For the text</source>
        <translation>Para el texto</translation>
    </message>
    <message>
        <source>On the image with the hand box</source>
        <translation>En la imagen con el recuadro</translation>
    </message>
    <message>
        <source>Move the box</source>
        <translation>Mover el recuadro</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>Teclas de flecha</translation>
    </message>
    <message>
        <source>Resize the box</source>
        <translation>Cambiar el tamaño del recuadro</translation>
    </message>
    <message>
        <source>Shift + arrow keys</source>
        <translation>Mayús + teclas de flecha</translation>
    </message>
    <message>
        <source>+ and −</source>
        <translation>+ y −</translation>
    </message>
    <message>
        <source>In fine steps</source>
        <translation>En pasos finos</translation>
    </message>
    <message>
        <source>Ctrl with these</source>
        <translation>Ctrl con estas</translation>
    </message>
    <message>
        <source>Reset the box</source>
        <translation>Restablecer el recuadro</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Dismiss a message</source>
        <translation>Cerrar un mensaje</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>SigningPage</name>
    <message>
        <source>Sho&amp;w me</source>
        <translation>¿&amp;Qué es?</translation>
    </message>
    <message>
        <source>This network does not read {0}: skip it.</source>
        <translation>Esta red no lee la {0}: sáltela.</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>S&amp;ource</source>
        <translation>F&amp;uente</translation>
    </message>
    <message>
        <source>Source: {0}</source>
        <translation>Fuente: {0}</translation>
    </message>
</context>
<context>
    <name>SourceMenu</name>
    <message>
        <source>&amp;Source</source>
        <translation>&amp;Fuente</translation>
    </message>
    <message>
        <source>No camera is plugged in</source>
        <translation>No hay ninguna cámara conectada</translation>
    </message>
</context>
<context>
    <name>SourcePage</name>
    <message>
        <source>No image</source>
        <translation>Sin imagen</translation>
    </message>
    <message>
        <source>Connects automatically when a camera appears.</source>
        <translation>Se conecta automáticamente cuando aparece una cámara.</translation>
    </message>
    <message>
        <source>Reconnects automatically.</source>
        <translation>Se reconecta automáticamente.</translation>
    </message>
</context>
<context>
    <name>SpellPage</name>
    <message>
        <source>S&amp;kip letter</source>
        <translation>&amp;Saltar letra</translation>
    </message>
    <message>
        <source>up to {0} letters</source>
        <translation>hasta {0} letras</translation>
    </message>
    <message>
        <source>{0} once more: open your hand for a moment, then sign it again.</source>
        <translation>{0} otra vez: abra la mano un momento y repita la seña.</translation>
    </message>
    <message>
        <source>Sign {0}.</source>
        <translation>Haga la seña de {0}.</translation>
    </message>
    <message>
        <source>{0} s, but not the whole word: you skipped {3}.</source>
        <translation>{0} s, pero no la palabra entera: se saltó {3}.</translation>
    </message>
    <message>
        <source>Done in {0} s. The demo clip does not count.</source>
        <translation>Hecho en {0} s. La demostración no cuenta.</translation>
    </message>
    <message>
        <source>✓ {0} s: {1} letters a minute, your best so far.</source>
        <translation>✓ {0} s: {1} letras por minuto, su mejor marca.</translation>
    </message>
    <message>
        <source>✓ {0} s: {1} letters a minute. Your best is {2}.</source>
        <translation>✓ {0} s: {1} letras por minuto. Su mejor marca es {2}.</translation>
    </message>
    <message>
        <source>{0} was seen as {1} first.</source>
        <translation>{0} se vio primero como {1}.</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>Spell a word letter by letter. The clock starts when you press Begin.</source>
        <translation>Deletree una palabra letra por letra. El reloj empieza al pulsar Empezar.</translation>
    </message>
    <message>
        <source>Your best so far: {0} letters a minute.</source>
        <translation>Su mejor marca: {0} letras por minuto.</translation>
    </message>
    <message>
        <source>Ne&amp;xt word</source>
        <translation>Palabra si&amp;guiente</translation>
    </message>
    <message>
        <source>Be&amp;gin</source>
        <translation>Empe&amp;zar</translation>
    </message>
    <message>
        <source>Words &amp;of</source>
        <translation>Pala&amp;bras de</translation>
    </message>
</context>
<context>
    <name>StreamDialog</name>
    <message>
        <source>Open stream</source>
        <translation>Abrir transmisión</translation>
    </message>
    <message>
        <source>&amp;Address of an HTTP or RTSP stream</source>
        <translation>&amp;Dirección de una transmisión HTTP o RTSP</translation>
    </message>
</context>
<context>
    <name>SuggestionBar</name>
    <message>
        <source>Accept {0}</source>
        <translation>Aceptar {0}</translation>
    </message>
    <message>
        <source>No suggestion</source>
        <translation>Sin sugerencia</translation>
    </message>
</context>
<context>
    <name>TeachPage</name>
    <message>
        <source>St&amp;op</source>
        <translation>&amp;Detener</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Conservar</translation>
    </message>
    <message>
        <source>Read with the new weights from now on</source>
        <translation>Leer con los nuevos pesos desde ahora</translation>
    </message>
    <message>
        <source>Teach the net&amp;work</source>
        <translation>Enseñar a &amp;la red</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Revertir</translation>
    </message>
    <message>
        <source>Go back to the weights before</source>
        <translation>Volver a los pesos anteriores</translation>
    </message>
    <message>
        <source>Progress of learning</source>
        <translation>Progreso del aprendizaje</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>Reading the samples…</source>
        <translation>Leyendo las muestras…</translation>
    </message>
    <message>
        <source>The earlier weights are back. Your samples are still there.</source>
        <translation>Vuelven los pesos anteriores. Sus muestras siguen ahí.</translation>
    </message>
    <message>
        <source>Record two letters or more first, under Record.</source>
        <translation>Grabe antes dos letras o más, en Grabar.</translation>
    </message>
    <message>
        <source>{0} samples of {1} letters to learn. It takes a minute or two.</source>
        <translation>{0} muestras de {1} letras para aprender. Tarda uno o dos minutos.</translation>
    </message>
    <message>
        <source>The second sitting, {2} samples, checks the result.</source>
        <translation>La segunda sesión, de {2} muestras, comprueba el resultado.</translation>
    </message>
    <message>
        <source>There is no second sitting to check with: record it first to see what is gained.</source>
        <translation>No hay segunda sesión para comprobar: grábela antes para ver qué se gana.</translation>
    </message>
    <message>
        <source>Accuracy on the {0} samples of the second sitting, which were not learned. It stands for your hand in that place and light; others may differ.</source>
        <translation>Exactitud en las {0} muestras de la segunda sesión, que no se aprendieron. Vale para su mano en ese lugar y con esa luz; en otros puede ser distinta.</translation>
    </message>
    <message>
        <source>Not checked: there was no second sitting.</source>
        <translation>Sin comprobar: no había segunda sesión.</translation>
    </message>
    <message>
        <source>What is still confused, to learn: about {0} seconds</source>
        <translation>Lo que aún se confunde, para aprenderlo: unos {0} segundos</translation>
    </message>
    <message>
        <source>{0}: {1} of {2} right, before {3}; read as {4}</source>
        <translation>{0}: {1} de {2} bien, antes {3}; leída como {4}</translation>
    </message>
    <message>
        <source>The other {0}: all right</source>
        <translation>Las otras {0}: todas bien</translation>
    </message>
    <message>
        <source>Learning: step {0} of {1}.</source>
        <translation>Aprendiendo: paso {0} de {1}.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Deteniendo…</translation>
    </message>
    <message>
        <source>Stopped; nothing changed.</source>
        <translation>Detenido; nada ha cambiado.</translation>
    </message>
    <message>
        <source>The network reads with what it learned.</source>
        <translation>La red lee con lo que aprendió.</translation>
    </message>
    <message>
        <source>The network learned your samples. Keep it?</source>
        <translation>La red aprendió sus muestras. ¿Conservarla?</translation>
    </message>
    <message>
        <source>The network reads your hand better now. Keep it?</source>
        <translation>Ahora su mano se lee mejor. ¿Conservarlo?</translation>
    </message>
    <message>
        <source>The network read your hand already; there is nothing to gain.</source>
        <translation>La red ya leía su mano; no hay nada que ganar.</translation>
    </message>
    <message>
        <source>This did not help. Revert, and record more samples.</source>
        <translation>No ha ayudado. Revierta y grabe más muestras.</translation>
    </message>
    <message>
        <source>Record a&amp;gain: {0}</source>
        <translation>Grabar &amp;otra vez: {0}</translation>
    </message>
    <message>
        <source>Teach the network your hand</source>
        <translation>Enseñar su mano a la red</translation>
    </message>
</context>
<context>
    <name>TextActions</name>
    <message>
        <source>&amp;Type by signing</source>
        <translation>&amp;Escribir con señas</translation>
    </message>
    <message>
        <source>Add a letter to the text when its sign is held</source>
        <translation>Añadir una letra al texto cuando se mantiene su seña</translation>
    </message>
    <message>
        <source>Show the te&amp;xt</source>
        <translation>Mostrar el te&amp;xto</translation>
    </message>
    <message>
        <source>Show the text below the image</source>
        <translation>Mostrar el texto bajo la imagen</translation>
    </message>
    <message>
        <source>Spell &amp;without holding</source>
        <translation>De&amp;letrear sin mantener</translation>
    </message>
    <message>
        <source>Find the letters in the movement; the word is typed when the hand is away</source>
        <translation>Encontrar las letras en el movimiento; la palabra se escribe al apartar la mano</translation>
    </message>
    <message>
        <source>Correct wo&amp;rds</source>
        <translation>C&amp;orregir palabras</translation>
    </message>
    <message>
        <source>Replace a signed word by the one that it probably is, at its space</source>
        <translation>Al llegar el espacio, sustituir una palabra signada por la que probablemente es</translation>
    </message>
    <message>
        <source>Accept by &amp;holding</source>
        <translation>Aceptar al ma&amp;ntener</translation>
    </message>
    <message>
        <source>Accept suggestion 1 by holding the last letter for longer</source>
        <translation>Aceptar la sugerencia 1 manteniendo más tiempo la última letra</translation>
    </message>
    <message>
        <source>&amp;Go to the text</source>
        <translation>&amp;Ir al texto</translation>
    </message>
    <message>
        <source>Edit the text with the keyboard</source>
        <translation>Editar el texto con el teclado</translation>
    </message>
    <message>
        <source>Accept suggestion &amp;{0}</source>
        <translation>Aceptar la sugerencia &amp;{0}</translation>
    </message>
    <message>
        <source>Use this word in place of the letters</source>
        <translation>Usar esta palabra en lugar de las letras</translation>
    </message>
    <message>
        <source>&amp;Space</source>
        <translation>E&amp;spacio</translation>
    </message>
    <message>
        <source>Add a space to the text</source>
        <translation>Añadir un espacio al texto</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Borrar</translation>
    </message>
    <message>
        <source>Delete the letter before the cursor</source>
        <translation>Borrar la letra anterior al cursor</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>&amp;Vaciar</translation>
    </message>
    <message>
        <source>Delete the whole text; can be undone</source>
        <translation>Borrar todo el texto; se puede deshacer</translation>
    </message>
    <message>
        <source>S&amp;peak</source>
        <translation>&amp;Hablar</translation>
    </message>
    <message>
        <source>Read the text aloud</source>
        <translation>Leer el texto en voz alta</translation>
    </message>
    <message>
        <source>Copy the whole text for other programs</source>
        <translation>Copiar todo el texto para otros programas</translation>
    </message>
    <message>
        <source>C&amp;opy all</source>
        <translation>&amp;Copiar todo</translation>
    </message>
    <message>
        <source>S&amp;ave…</source>
        <translation>&amp;Guardar…</translation>
    </message>
    <message>
        <source>Save the text as a file</source>
        <translation>Guardar el texto como archivo</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Hold a sign to type its letter, or use the keyboard.</source>
        <translation>Mantenga una seña para escribir su letra, o use el teclado.</translation>
    </message>
    <message>
        <source>Read as {0}. Backspace right behind it takes the correction back.</source>
        <translation>Leída como {0}. La tecla de retroceso, justo detrás, deshace la corrección.</translation>
    </message>
    <message>
        <source>Not surely read</source>
        <translation>Lectura insegura</translation>
    </message>
    <message>
        <source>Not surely read: {0} or {1}</source>
        <translation>Lectura insegura: {0} o {1}</translation>
    </message>
</context>
<context>
    <name>Tips</name>
    <message>
        <source>A fist with the thumb upright along its side.</source>
        <translation>Un puño con el pulgar recto a su lado.</translation>
    </message>
    <message>
        <source>Four fingers up and together, the thumb folded over the palm.</source>
        <translation>Cuatro dedos arriba y juntos, el pulgar doblado sobre la palma.</translation>
    </message>
    <message>
        <source>Fingers and thumb curved like the letter; turn it to the side.</source>
        <translation>Dedos y pulgar curvados como la letra; gírela de lado.</translation>
    </message>
    <message>
        <source>The index finger points up; the others meet the thumb in a ring.</source>
        <translation>El índice apunta arriba; los demás tocan el pulgar formando un anillo.</translation>
    </message>
    <message>
        <source>Curl all fingers until their tips come down to the thumb, which lies below them.</source>
        <translation>Doble todos los dedos hasta que sus puntas bajen al pulgar, que queda debajo.</translation>
    </message>
    <message>
        <source>Thumb and index finger make a ring; the other three stand up, spread.</source>
        <translation>Pulgar e índice forman un anillo; los otros tres, arriba y separados.</translation>
    </message>
    <message>
        <source>Index finger and thumb point sideways, one above the other, a little apart.</source>
        <translation>Índice y pulgar apuntan de lado, uno sobre otro, algo separados.</translation>
    </message>
    <message>
        <source>Index and middle finger point sideways, together; the back of the hand faces out.</source>
        <translation>Índice y medio apuntan de lado, juntos; el dorso de la mano mira hacia fuera.</translation>
    </message>
    <message>
        <source>A fist with only the little finger up, the thumb in front.</source>
        <translation>Un puño con solo el meñique arriba, el pulgar delante.</translation>
    </message>
    <message>
        <source>Hold an I and draw a J with the little finger: down, then round towards yourself.</source>
        <translation>Haga una I y dibuje una J con el meñique: hacia abajo y luego en curva hacia usted.</translation>
    </message>
    <message>
        <source>Index and middle finger up in a V, the thumb between them on the middle finger.</source>
        <translation>Índice y medio arriba en V, el pulgar entre ambos sobre el medio.</translation>
    </message>
    <message>
        <source>Index finger up and thumb out to the side, at a right angle.</source>
        <translation>Índice arriba y pulgar hacia el lado, en ángulo recto.</translation>
    </message>
    <message>
        <source>The thumb lies under three fingers, which hang over it.</source>
        <translation>El pulgar queda bajo tres dedos que cuelgan sobre él.</translation>
    </message>
    <message>
        <source>The thumb lies under two fingers, which hang over it.</source>
        <translation>El pulgar queda bajo dos dedos que cuelgan sobre él.</translation>
    </message>
    <message>
        <source>All fingertips meet the thumb in a round O; turn it to the side.</source>
        <translation>Todas las puntas tocan el pulgar en una O redonda; gírela de lado.</translation>
    </message>
    <message>
        <source>A K tipped over: the index finger points ahead, the middle finger down.</source>
        <translation>Una K inclinada: el índice apunta adelante, el medio hacia abajo.</translation>
    </message>
    <message>
        <source>A G tipped over: index finger and thumb point down.</source>
        <translation>Una G inclinada: índice y pulgar apuntan hacia abajo.</translation>
    </message>
    <message>
        <source>Cross the middle finger behind the index finger, both up.</source>
        <translation>Cruce el medio por detrás del índice, ambos arriba.</translation>
    </message>
    <message>
        <source>A fist with the thumb across the front of the fingers.</source>
        <translation>Un puño con el pulgar cruzado delante de los dedos.</translation>
    </message>
    <message>
        <source>A fist with the thumb tucked between index and middle finger, its tip showing.</source>
        <translation>Un puño con el pulgar metido entre índice y medio, con la punta visible.</translation>
    </message>
    <message>
        <source>Index and middle finger straight up, side by side.</source>
        <translation>Índice y medio rectos hacia arriba, uno junto al otro.</translation>
    </message>
    <message>
        <source>Index and middle finger up and spread.</source>
        <translation>Índice y medio arriba y separados.</translation>
    </message>
    <message>
        <source>Three fingers up and spread; the thumb holds the little finger down.</source>
        <translation>Tres dedos arriba y separados; el pulgar sujeta el meñique.</translation>
    </message>
    <message>
        <source>A fist with the index finger raised and bent to a hook.</source>
        <translation>Un puño con el índice levantado y doblado como un gancho.</translation>
    </message>
    <message>
        <source>Thumb and little finger out, the middle three folded.</source>
        <translation>Pulgar y meñique extendidos, los tres del medio doblados.</translation>
    </message>
    <message>
        <source>Draw a Z with the index finger, as you would see it yourself on a wall.</source>
        <translation>Dibuje una Z con el índice, tal como la vería usted en una pared.</translation>
    </message>
    <message>
        <source>A: thumb upright at the side. E: thumb lies under the tips.</source>
        <translation>A: pulgar recto al lado. E: el pulgar queda bajo las puntas.</translation>
    </message>
    <message>
        <source>A: thumb at the side. S: thumb across the front.</source>
        <translation>A: pulgar al lado. S: pulgar cruzado delante.</translation>
    </message>
    <message>
        <source>A: thumb at the side. T: thumb tip between two fingers.</source>
        <translation>A: pulgar al lado. T: punta del pulgar entre dos dedos.</translation>
    </message>
    <message>
        <source>B: all four fingers up. F: the index finger meets the thumb.</source>
        <translation>B: los cuatro dedos arriba. F: el índice toca el pulgar.</translation>
    </message>
    <message>
        <source>B: fingers straight up. E: fingers curled down to the thumb.</source>
        <translation>B: dedos rectos arriba. E: dedos doblados hasta el pulgar.</translation>
    </message>
    <message>
        <source>C: leave a gap. O: the fingertips touch the thumb.</source>
        <translation>C: deje un hueco. O: las puntas tocan el pulgar.</translation>
    </message>
    <message>
        <source>D: one finger up. F: three fingers up.</source>
        <translation>D: un dedo arriba. F: tres dedos arriba.</translation>
    </message>
    <message>
        <source>D: the thumb meets the middle finger. L: it points away.</source>
        <translation>D: el pulgar toca el medio. L: apunta hacia fuera.</translation>
    </message>
    <message>
        <source>D: index finger straight. X: index finger hooked.</source>
        <translation>D: índice recto. X: índice en gancho.</translation>
    </message>
    <message>
        <source>D: one finger up. R: two fingers up and crossed.</source>
        <translation>D: un dedo arriba. R: dos dedos arriba y cruzados.</translation>
    </message>
    <message>
        <source>D: the index finger is up. I: the little finger is up.</source>
        <translation>D: el índice está arriba. I: el meñique está arriba.</translation>
    </message>
    <message>
        <source>E: tips above the thumb. M: three fingers hang over it.</source>
        <translation>E: puntas sobre el pulgar. M: tres dedos cuelgan sobre él.</translation>
    </message>
    <message>
        <source>E: fingers pressed flat, no hole. O: a round hole.</source>
        <translation>E: dedos apretados, sin hueco. O: un hueco redondo.</translation>
    </message>
    <message>
        <source>E: thumb below the fingertips. S: thumb across the fingers.</source>
        <translation>E: pulgar bajo las puntas. S: pulgar cruzado sobre los dedos.</translation>
    </message>
    <message>
        <source>G: one finger and the thumb point. H: two fingers point.</source>
        <translation>G: apuntan un dedo y el pulgar. H: apuntan dos dedos.</translation>
    </message>
    <message>
        <source>G points to the side. Q points down.</source>
        <translation>La G apunta de lado. La Q apunta abajo.</translation>
    </message>
    <message>
        <source>G points to the side. L stands upright.</source>
        <translation>La G apunta de lado. La L está de pie.</translation>
    </message>
    <message>
        <source>H: both fingers level. P: the middle finger points down.</source>
        <translation>H: los dos dedos en horizontal. P: el medio apunta abajo.</translation>
    </message>
    <message>
        <source>H points to the side. U points up.</source>
        <translation>La H apunta de lado. La U apunta arriba.</translation>
    </message>
    <message>
        <source>I: the thumb is in front. Y: the thumb points away.</source>
        <translation>I: el pulgar está delante. Y: el pulgar apunta hacia fuera.</translation>
    </message>
    <message>
        <source>K stands upright. P is tipped over, pointing down.</source>
        <translation>La K está de pie. La P está inclinada hacia abajo.</translation>
    </message>
    <message>
        <source>K: thumb between spread fingers. U: fingers together.</source>
        <translation>K: pulgar entre dedos separados. U: dedos juntos.</translation>
    </message>
    <message>
        <source>K: the thumb is between the fingers. V: it is folded away.</source>
        <translation>K: el pulgar está entre los dedos. V: está doblado.</translation>
    </message>
    <message>
        <source>K: fingers apart, thumb between. R: fingers crossed.</source>
        <translation>K: dedos separados, pulgar en medio. R: dedos cruzados.</translation>
    </message>
    <message>
        <source>L: thumb and index finger. Y: thumb and little finger.</source>
        <translation>L: pulgar e índice. Y: pulgar y meñique.</translation>
    </message>
    <message>
        <source>M: three fingers over the thumb. N: two fingers over it.</source>
        <translation>M: tres dedos sobre el pulgar. N: dos dedos sobre él.</translation>
    </message>
    <message>
        <source>M: thumb under the fingers. S: thumb over the fingers.</source>
        <translation>M: pulgar bajo los dedos. S: pulgar sobre los dedos.</translation>
    </message>
    <message>
        <source>M: three fingers over the thumb. T: only the index finger.</source>
        <translation>M: tres dedos sobre el pulgar. T: solo el índice.</translation>
    </message>
    <message>
        <source>N: thumb under two fingers. S: thumb over the fingers.</source>
        <translation>N: pulgar bajo dos dedos. S: pulgar sobre los dedos.</translation>
    </message>
    <message>
        <source>N: two fingers over the thumb. T: only the index finger.</source>
        <translation>N: dos dedos sobre el pulgar. T: solo el índice.</translation>
    </message>
    <message>
        <source>P: two fingers point apart. Q: one finger and the thumb.</source>
        <translation>P: dos dedos apuntan separados. Q: un dedo y el pulgar.</translation>
    </message>
    <message>
        <source>R: the fingers cross. U: they lie side by side.</source>
        <translation>R: los dedos se cruzan. U: van uno junto al otro.</translation>
    </message>
    <message>
        <source>R: the fingers cross. V: they spread.</source>
        <translation>R: los dedos se cruzan. V: se separan.</translation>
    </message>
    <message>
        <source>S: thumb over all fingers. T: its tip between two of them.</source>
        <translation>S: pulgar sobre todos los dedos. T: su punta entre dos de ellos.</translation>
    </message>
    <message>
        <source>S: a closed fist. X: the index finger is raised and hooked.</source>
        <translation>S: un puño cerrado. X: el índice levantado y en gancho.</translation>
    </message>
    <message>
        <source>T: index finger over the thumb. X: index finger raised.</source>
        <translation>T: índice sobre el pulgar. X: índice levantado.</translation>
    </message>
    <message>
        <source>U: the fingers touch. V: they spread.</source>
        <translation>U: los dedos se tocan. V: se separan.</translation>
    </message>
    <message>
        <source>V: two fingers. W: three fingers.</source>
        <translation>V: dos dedos. W: tres dedos.</translation>
    </message>
    <message>
        <source>F: the thumb meets the index finger. W: the little finger.</source>
        <translation>F: el pulgar toca el índice. W: el meñique.</translation>
    </message>
</context>
<context>
    <name>TrainerProcess</name>
    <message>
        <source>The training process could not be started.</source>
        <translation>No se pudo iniciar el proceso de entrenamiento.</translation>
    </message>
    <message>
        <source>The training process ended unexpectedly.</source>
        <translation>El proceso de entrenamiento terminó de forma inesperada.</translation>
    </message>
</context>
<context>
    <name>TrainingTab</name>
    <message>
        <source>&amp;Data</source>
        <translation>&amp;Datos</translation>
    </message>
    <message>
        <source>&amp;Curves</source>
        <translation>C&amp;urvas</translation>
    </message>
    <message>
        <source>Err&amp;ors</source>
        <translation>Err&amp;ores</translation>
    </message>
    <message>
        <source>&amp;Understand</source>
        <translation>&amp;Comprender</translation>
    </message>
    <message>
        <source>Ru&amp;ns</source>
        <translation>H&amp;istorial</translation>
    </message>
    <message>
        <source>Se&amp;arch</source>
        <translation>&amp;Búsqueda</translation>
    </message>
    <message>
        <source>Add images with letters, then start.</source>
        <translation>Añada imágenes con letras y después inicie.</translation>
    </message>
    <message>
        <source>{0}: cannot be made ({1}), so there is no place for the weights.</source>
        <translation>{0}: no se puede crear ({1}), así que no hay lugar para los pesos.</translation>
    </message>
    <message>
        <source>Reading the images…</source>
        <translation>Leyendo las imágenes…</translation>
    </message>
    <message>
        <source>Resuming…</source>
        <translation>Reanudando…</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>En pausa.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Deteniendo…</translation>
    </message>
    <message>
        <source>The folder of this run was moved or deleted.</source>
        <translation>La carpeta de este entrenamiento se ha movido o eliminado.</translation>
    </message>
    <message>
        <source>Its weights are {0}.</source>
        <translation>Sus pesos son {0}.</translation>
    </message>
    <message>
        <source>The run ended without weights.</source>
        <translation>El entrenamiento terminó sin pesos.</translation>
    </message>
    <message>
        <source>Stopped before the end of the first epoch.</source>
        <translation>Detenido antes de terminar la primera época.</translation>
    </message>
    <message>
        <source>There were no validation images: try the weights live.</source>
        <translation>No había imágenes de validación: pruebe los pesos en vivo.</translation>
    </message>
    <message>
        <source>Best epoch {0}: validation accuracy {1} %.</source>
        <translation>Mejor época, {0}: exactitud de validación {1} %.</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>Listo.</translation>
    </message>
    <message>
        <source>Interrupted after epoch {0} of {1}; you can resume it.</source>
        <translation>Interrumpido tras la época {0} de {1}; se puede reanudar.</translation>
    </message>
    <message>
        <source>Stopped after epoch {0} of {1}; you can resume it.</source>
        <translation>Detenido tras la época {0} de {1}; se puede reanudar.</translation>
    </message>
    <message>
        <source>Ready to start.</source>
        <translation>Listo para iniciar.</translation>
    </message>
    <message>
        <source>Stop the current run first, or tick the other one.</source>
        <translation>Detenga primero la ejecución actual o marque la otra.</translation>
    </message>
    <message>
        <source>Reading {0}…</source>
        <translation>Leyendo {0}…</translation>
    </message>
</context>
<context>
    <name>UnderstandPage</name>
    <message>
        <source>Random image</source>
        <translation>Imagen al azar</translation>
    </message>
    <message>
        <source>Onl&amp;y errors</source>
        <translation>So&amp;lo errores</translation>
    </message>
    <message>
        <source>The image</source>
        <translation>La imagen</translation>
    </message>
    <message>
        <source>Evidence for and against the letter</source>
        <translation>Indicios a favor y en contra de la letra</translation>
    </message>
    <message>
        <source>Real letter</source>
        <translation>Letra real</translation>
    </message>
    <message>
        <source>Predicted letter</source>
        <translation>Letra predicha</translation>
    </message>
    <message>
        <source>Weights of the first layer</source>
        <translation>Pesos de la primera capa</translation>
    </message>
    <message>
        <source>✓ Correct</source>
        <translation>✓ Correcto</translation>
    </message>
    <message>
        <source>✗ Wrong</source>
        <translation>✗ Incorrecta</translation>
    </message>
    <message>
        <source>, confidence {0}. Orange: evidence for {1}; blue: against.</source>
        <translation>, confianza {0}. Naranja: indicios a favor de {1}; azul: en contra.</translation>
    </message>
    <message>
        <source>From: {0}</source>
        <translation>De: {0}</translation>
    </message>
    <message>
        <source>Train with validation, or evaluate on a file under Errors.</source>
        <translation>Entrene con validación o evalúe con un archivo en Errores.</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Real</source>
        <translation>Real</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Predicha</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Indicios</translation>
    </message>
    <message>
        <source>First layer: what its strongest units look for (white for, black against)</source>
        <translation>Primera capa: qué buscan sus unidades más fuertes (blanco a favor, negro en contra)</translation>
    </message>
</context>
<context>
    <name>Voice</name>
    <message>
        <source>This system has no voice: install the program espeak-ng or the package PySide6-Addons.</source>
        <translation>Este sistema no tiene voz: instale el programa espeak-ng o el paquete PySide6-Addons.</translation>
    </message>
    <message>
        <source>Qt&apos;s speech module cannot be loaded: {0}.</source>
        <translation>No se puede cargar el módulo de voz de Qt: {0}.</translation>
    </message>
    <message>
        <source>This system has no voice that Qt can use.</source>
        <translation>Este sistema no tiene ninguna voz que Qt pueda usar.</translation>
    </message>
</context>
<context>
    <name>WeekChart</name>
    <message>
        <source>Your weeks</source>
        <translation>Sus semanas</translation>
    </message>
    <message>
        <source>Week of {0}: {1} letters, {2} correct at once</source>
        <translation>Semana del {0}: {1} letras, {2} correctas a la primera</translation>
    </message>
</context>
<context>
    <name>WeightsDialog</name>
    <message>
        <source>Weights info</source>
        <translation>Información de los pesos</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Qué es</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>Entrenada con</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Exactitud</translation>
    </message>
    <message>
        <source>Date of the file</source>
        <translation>Fecha del archivo</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Detalles</translation>
    </message>
    <message>
        <source>A convolutional network (convolutions: {0}, fully-connected layers: {1})</source>
        <translation>Una red convolucional (convoluciones: {0}, capas totalmente conectadas: {1})</translation>
    </message>
    <message>
        <source>A fully-connected network (layers: {1})</source>
        <translation>Una red totalmente conectada (capas: {1})</translation>
    </message>
    <message>
        <source>{0}. It sees the hand as {1} × {1} gray pixels.</source>
        <translation>{0}. Ve la mano como {1} × {1} píxeles grises.</translation>
    </message>
    <message>
        <source>The file does not say.</source>
        <translation>El archivo no lo dice.</translation>
    </message>
    <message>
        <source>{0} % on {1}</source>
        <translation>{0} % en {1}</translation>
    </message>
    <message>
        <source>The file does not say; the model card lists what was measured.</source>
        <translation>El archivo no lo dice; lo medido está en la ficha del modelo.</translation>
    </message>
    <message>
        <source>{0} parameters, {1}</source>
        <translation>{0} parámetros, {1}</translation>
    </message>
</context>
<context>
    <name>WordBoxes</name>
    <message>
        <source>{0}, now {1}</source>
        <translation>{0}, ahora {1}</translation>
    </message>
    <message>
        <source>skipped: {0}</source>
        <translation>saltadas: {0}</translation>
    </message>
    <message>
        <source>No word yet</source>
        <translation>Aún no hay palabra</translation>
    </message>
</context>
<context>
    <name>file_dialogs</name>
    <message>
        <source>{0} is there already. Replace it?</source>
        <translation>{0} ya existe. ¿Reemplazarlo?</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Reemplazar</translation>
    </message>
    <message>
        <source>&amp;Keep it</source>
        <translation>&amp;Conservarlo</translation>
    </message>
</context>
</TS>
