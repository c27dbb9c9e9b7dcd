"""Words whose forms no stemmer brings together, one group a line: a search for one of them looks for all.

English irregular plurals and verbs; Spanish verbs whose stem changes (`entender`, `entiende`) or whose spelling does
(`explicar`, `explique`). Forms that the stemmer reduces to the same term as one in the group need not stand here;
forms that are another common word, as `leyó` is `ley` to the stemmer, must not.
"""

ENGLISH = """
child children
grandchild grandchildren
man men
person people
woman women
half halves
criterion criteria
curriculum curricula
analysis analyses
bus buses
crisis crises
quiz quizzes
thesis theses
become became
begin began begun
bring brought
build built
choose chose chosen
draw drew drawn
feel felt
get got gotten
give gave given
grow grew grown
hear heard
hold held
keep kept
know knew known
lead led
lose lost
make made
mean meant
meet met
pay paid
rise rose risen
run ran
say said
see saw seen
seek sought
send sent
speak spoke spoken
spend spent
stand stood
take took taken
teach taught
tell told
think thought
understand understood
win won
write wrote written
"""

SPANISH = """
interés intereses
empezar empieza empiece
comenzar comienza comience
cerrar cierra
pensar piensa
recomendar recomienda
despertar despierta
entender entiende
atender atiende
defender defiende
extender extiende
perder pierde
sentir siente sintió
preferir prefiere prefirió
requerir requiere requirió
sugerir sugiere sugirió
convertir convierte convirtió
invertir invierte invirtió
acordar acuerda
aprobar aprueba
comprobar comprueba
costar cuesta
demostrar demuestra
encontrar encuentra
mostrar muestra
probar prueba
recordar recuerda
mover mueve
promover promueve
resolver resuelve resuelto
devolver devuelve devuelto
volver vuelve vuelto
dormir duerme durmió
jugar juega juegue
pedir pide
medir mide
servir sirve
repetir repite
seguir sigue
conseguir consigue
elegir elige elija
corregir corrige corrija
decir dice diga dijo dicho
poner pone ponga puso
proponer propone proponga propuso propuesto
mantener mantiene mantenga mantuvo
obtener obtiene obtenga obtuvo
contener contiene contenga contuvo
venir viene venga
intervenir interviene intervenga intervino
salir sale salga
traer trae traiga trajo
leer lee leyendo
oír oye oyó
abrir abre abierto
cubrir cubre cubierto
escribir escribe escrito
inscribir inscribe inscrito
conocer conoce conozca
reconocer reconoce reconozca
crecer crece crezca
establecer establece establezca
fortalecer fortalece fortalezca
nacer nace nazca
ofrecer ofrece ofrezca
conducir conduce conduzca condujo
introducir introduce introduzca introdujo
producir produce produzca produjo
reducir reduce reduzca redujo
traducir traduce traduzca tradujo
aplicar aplica aplique
buscar busca busque
calificar califica califique
clasificar clasifica clasifique
comunicar comunica comunique
dedicar dedica dedique
educar educa eduque
explicar explica explique
identificar identifica identifique
practicar practica practique
publicar publica publique
reclasificar reclasifica reclasifique
sacar saca saque
verificar verifica verifique
alcanzar alcanza alcance
analizar analiza analice
avanzar avanza avance
garantizar garantiza garantice
organizar organiza organice
realizar realiza realice
utilizar utiliza utilice
escoger escoge escoja
proteger protege proteja
dirigir dirige dirija
exigir exige exija
"""

IRREGULAR_FORMS = {"en": ENGLISH, "es": SPANISH}
