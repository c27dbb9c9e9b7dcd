"""What a reader must be able to find by walking from the home page: names, figures and dates, by language.

A fact is a text of both languages, or a pair (English, Spanish) where it is written differently.
"""

FACTS = [
    # Consortium for Multilingual Learner Success
    "Consortium for Multilingual Learner Success",
    "Alliance for a Better Community",
    "Californians Together",
    "228,626",
    "2023-24",
    "1.12",
    "2018",
    "Consortium for English Learner Success",
    "Asian Americans Advancing Justice",
    "Center for Equity for English Learners",
    "Early Edge California",
    "The Education Trust-West",
    "UnidosUS",
    "Promesa Boyle Heights",
    "Parent Organization Network",
    ("nearly 100", "casi 100"),
    ("May 2024", "mayo de 2024"),
    "Toni Atkins",
    "Robert Rivas",
    "Mike McGuire",
    "Josh Newman",
    "John Laird",
    "AB 1947",
    "AB 2071",
    "AB 2074",
    "AB 2268",
    "California state preschool programs: contracting agencies: staff training days",
    "Pupil instruction: English Learner Roadmap: grant program: parent toolkit",
    "Pupil instruction: English Learner Roadmap Policy: statewide implementation plan",
    "English learners: initial identification: English language proficiency assessment",
    "Luz Rivas",
    "Juan Carrillo",
    "Al Muratsuchi",
    "David Alvarez",
    ("September 22, 2024", "22 de septiembre de 2024"),
    ("August 2024", "agosto de 2024"),
    ("September 29, 2024", "29 de septiembre de 2024"),
    ("June 14, 2024", "14 de junio de 2024"),
    "946",
    ("November 1, 2026", "1 de noviembre de 2026"),
    (None, "traducción no oficial"),
    ("Grassroots Organizing", "comunitaria de base"),
    ("narrative", "narrativa"),
    ("10 partners", "10 "),
    "Jennifer Cano",
    "jennifer@afabc.org",
    # EL-WIN
    "English Learner Workforce Investment Initiative",
    "Emerging Bilingual Collaborative",
    "Fresno",
    "Kern",
    "Merced",
    "Stanislaus",
    "Tulare",
    "UC Merced",
    "Ci4Ci",
    "Change Consulting",
    "Lisa Towne",
    "ca.elwin.info@gmail.com",
    "TNTP",
    "Greater Los Angeles Education Foundation",
    "Multilingual Academic Support",
    ("Head Start and Early Learning", "Head Start"),
    "Erin Ashley",
    "erin.ashley@tntp.org",
    "Multilingual-Ready Universal Pre-K Workforce Policy",
    "Ensuring a Multilingual-Ready UPK Workforce",
    "erin@caltog.org",
    "English Learner Success Forum",
    "Education First",
    "2021",
    "California Community Foundation",
    "Heising-Simons",
    "James B. McClatchy",
    "Kenneth Rainin",
    "Silver Giving",
    "Sobrato",
    # Public resources
    ("July 12, 2017", "12 de julio de 2017"),
    ("Assets-Oriented and Needs-Responsive Schools", None),
    ("Intellectual Quality of Instruction and Meaningful Access", None),
    ("Systemic Conditions That Support Effectiveness", None),
    ("Alignment and Articulation Within and Across Systems", None),
    ("2025-26", "2025-26"),
]


def facts_of(language: str) -> list[str]:
    """The texts to find in one language."""
    texts = []
    for fact in FACTS:
        text = fact if isinstance(fact, str) else fact[0 if language == "en" else 1]
        if text:
            texts.append(text)
    return texts
