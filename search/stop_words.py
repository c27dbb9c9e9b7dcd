"""Stop words: words too common to tell works apart, written without accents, as they are after folding."""

ENGLISH = """
a an and are as at be been being but by can could did do does doing done for from had has have having he her hers him
his how i if in into is it its itself just me my myself of on or our ours out over own she should so some such than
that the their theirs them then there these they this those to too under until up us was we were what when where which
while who whom why will with would you your yours about after again all also any because before below between both
during each few further here more most no nor not now off once only other same very s t am anyone dont
however im must ones shall since someone still though upon via want wants within without yet
"""

SPANISH = """
a al algo alguna algunas alguno algunos ante antes aquel aquella aquellas aquello aquellos aqui asi aun cada como con
contra cual cuales cuando cuanto de del desde donde dos durante e el ella ellas ello ellos en entre era eran eres es
esa esas ese eso esos esta estaba estado estamos estan estar estas este esto estos estoy fue fueron ha haber habia han
hasta hay he la las le les lo los mas me mi mis mucha muchas mucho muchos muy nada ni no nos nosotras nosotros nuestra
nuestras nuestro nuestros o os otra otras otro otros para pero poco por porque puede pueden puedo pues que quien
quienes se sea sean ser si sido sin sobre son soy su sus suya suyo tal tambien tan tanto te tengo tiene tienen tu tus
u un una unas uno unos usted ustedes y ya yo adonde ahora aunque casi cualquier cualquiera hace hacen hacer haces
hacia hago incluso luego mediante mientras ningun ninguna ninguno podemos pueda puedes quiere quieren quiero segun
sera seran seria sino solo tener tenemos todavia tras va van vamos vez voy
"""

STOP_WORDS = {"en": frozenset(ENGLISH.split()), "es": frozenset(SPANISH.split())}

# Words that say whom a family's question is about, not what: any of them may be missing.
FAMILY_FILLERS = frozenset(
    ["child", "children", "kid", "kids", "son", "daughter", "student", "status", "want", "need"]
    + ["hijo", "hija", "hijos", "hijas", "nino", "nina", "ninos", "ninas", "quiero", "necesito"]
)
# Families take, pull or move a child out of a program, and the child gets out of it, which all say the same.
TAKE_OUT = """
sacar sacarlo sacarla sacarlos sacarlas saco saca sacan sacamos saque saquen saquemos
sale salen salga salgan salio salieron
"""
FAMILY_SYNONYMS = dict.fromkeys(["take", "pull", "move"], "get") | dict.fromkeys(TAKE_OUT.split(), "salir")
# Stop words that say where to, and so mean much in what families type: to get EL, to get out of EL.
FAMILY_DIRECTIONS = frozenset({"out"})
