"""Invented names by culture. A name may carry its own script after a bar; every combination is made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Culture:
    """Names, the language people speak at home, and the script their names are written in (empty: Latin)."""

    language: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    script: str = ""
    also: tuple[str, ...] = ()


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CULTURES: dict[str, Culture] = {
    "arabic": Culture(
        "ar",
        _names(
            "Amal|أمل Rima|ريما Hanan|حنان Layla|ليلى Maryam|مريم Nour|نور Rasha|رشا Samira|سميرة "
            "Yasmin|ياسمين Huda|هدى Salma|سلمى Dima|ديما Aya|آية Lina|لينا Fatima|فاطمة Khadija|خديجة"
        ),
        _names(
            "Omar|عمر Khaled|خالد Yousef|يوسف Ahmad|أحمد Samir|سمير Tarek|طارق Bilal|بلال Hassan|حسن "
            "Karim|كريم Nabil|نبيل Mahmoud|محمود Anas|أنس Ibrahim|إبراهيم Zaid|زيد Faris|فارس "
            "Adam|آدم"
        ),
        _names(
            "Haddad|حداد Nasser|ناصر Khalil|خليل Mansour|منصور Darwish|درويش Saleh|صالح Najjar|نجار "
            "Hamdan|حمدان Aziz|عزيز Sabbagh|صباغ Othman|عثمان Shami|شامي Qasim|قاسم Rahmeh|رحمة "
            "Taha|طه Bakri|بكري"
        ),
        "ar",
    ),
    "tigrinya": Culture(
        "ti",
        _names(
            "Selam|ሰላም Yordanos|ዮርዳኖስ Bethlehem|ቤተልሄም Helen|ሄለን Miriam|ሚርያም "
            "Feven|ፈቨን Senait|ሰናይት Rahwa|ራህዋ Luwam|ልዋም Eden|ኤደን Winta|ዊንታ "
            "Saba|ሳባ Abeba|ኣበባ"
        ),
        _names(
            "Dawit|ዳዊት Yonas|ዮናስ Filmon|ፊልሞን Samuel|ሳሙኤል Tesfay|ተስፋይ Kidane|ኪዳነ "
            "Robel|ሮቤል Henok|ሄኖክ Aman|ኣማን Biniam|ቢንያም Merhawi|መርሃዊ "
            "Natnael|ናትናኤል"
        ),
        _names(
            "Tesfay|ተስፋይ Haile|ሃይለ Gebremedhin|ገብረመድህን Tekle|ተክለ Berhane|ብርሃነ "
            "Mehari|መሓሪ Kidane|ኪዳነ Weldu|ወልዱ Habte|ሃብተ Araya|ኣርኣያ Ghebre|ገብረ "
            "Asmerom|ኣስመሮም"
        ),
        "ti",
    ),
    "dari": Culture(
        "prs",
        _names(
            "Zahra|زهرا Parwin|پروین Shabnam|شبنم Nilofar|نیلوفر Roya|رویا Laila|لیلا Mina|مینا "
            "Farida|فریده Soraya|ثریا Marzia|مرضیه Fereshta|فرشته"
        ),
        _names(
            "Reza|رضا Mahdi|مهدی Farid|فرید Jawad|جواد Hamid|حمید Nasir|نصیر Omid|امید Idris|ادریس "
            "Rahim|رحیم Sohrab|سهراب Yama|یما"
        ),
        _names(
            "Rezai|رضایی Ahmadi|احمدی Hosseini|حسینی Karimi|کریمی Nazari|نظری Rahimi|رحیمی "
            "Haidari|حیدری Sultani|سلطانی Mohammadi|محمدی Akbari|اکبری Sharifi|شریفی"
        ),
        "prs",
    ),
    "pashto": Culture(
        "ps",
        _names("Spozhmai Zarghuna Gulalai Palwasha Malalai Torpekai Shaima"),
        _names("Gul Zmarai Aimal Wali Khushal Baryalai Spin"),
        _names("Stanikzai Safi Wardak Momand Zadran Yousafzai Noorzai"),
        also=("prs",),
    ),
    "ukrainian": Culture(
        "uk",
        _names(
            "Oksana|Оксана Olena|Олена Iryna|Ірина Tetiana|Тетяна Natalia|Наталія Kateryna|Катерина "
            "Anastasiia|Анастасія Yuliia|Юлія Svitlana|Світлана Daryna|Дарина Sofiia|Софія "
            "Halyna|Галина Polina|Поліна"
        ),
        _names(
            "Andrii|Андрій Oleksandr|Олександр Mykola|Микола Serhii|Сергій Taras|Тарас Bohdan|Богдан "
            "Dmytro|Дмитро Maksym|Максим Artem|Артем Ivan|Іван Yurii|Юрій Nazar|Назар"
        ),
        _names(
            "Kovalenko|Коваленко Shevchuk|Шевчук Bondar|Бондар Tkachenko|Ткаченко Melnyk|Мельник "
            "Kravets|Кравець Lysenko|Лисенко Marchenko|Марченко Savchenko|Савченко Polishchuk|Поліщук "
            "Hrytsenko|Гриценко Moroz|Мороз"
        ),
        "uk",
        also=("ru",),
    ),
    "russian": Culture(
        "ru",
        _names("Elena|Елена Marina|Марина Olga|Ольга Nadezhda|Надежда Vera|Вера Ksenia|Ксения"),
        _names("Pavel|Павел Viktor|Виктор Alexei|Алексей Roman|Роман Gleb|Глеб Ilya|Илья"),
        _names("Orlov|Орлов Belov|Белов Zaytsev|Зайцев Sokol|Сокол Lebedev|Лебедев Yakov|Яков"),
        "ru",
    ),
    "somali": Culture(
        "so",
        _names("Hodan Ayaan Ifrah Sahra Fadumo Hibo Nasteho Ubah Idil Deqa"),
        _names("Abdi Liban Mahad Guled Yusuf Farah Bashir Sharmarke Cabdi Ismail"),
        _names("Warsame Farah Jama Abdullahi Nur Hersi Duale Egal Shire Samatar"),
    ),
    "persian": Culture(
        "fa",
        _names("Shirin|شیرین Nasrin|نسرین Mahsa|مهسا Azar|آذر Laleh|لاله Setareh|ستاره"),
        _names("Kaveh|کاوه Arash|آرش Babak|بابک Siamak|سیامک Dariush|داریوش Navid|نوید"),
        _names("Tehrani|تهرانی Rostami|رستمی Bahrami|بهرامی Jafari|جعفری Moradi|مرادی Kazemi|کاظمی"),
        "fa",
    ),
    "kurdish": Culture(
        "kmr",
        _names("Berivan Rojin Dilan Zozan Hevin Gulistan Nesrin Sarya"),
        _names("Azad Baran Diyar Rojhat Serhat Hogir Zinar Welat"),
        _names("Demir Aslan Xelil Bozan Yildiz Temo Hesen Ciwan"),
        also=("ar",),
    ),
    "sorani": Culture(
        "ckb",
        _names("Shno Tara Chnar Hana Sazan Rezan Nian"),
        _names("Karwan Rebwar Hiwa Soran Aram Zana Dana"),
        _names("Karim Rashid Majid Qadir Faraj Amin Hama"),
    ),
    "amharic": Culture(
        "am",
        _names("Hiwot Tsehay Meseret Aster Almaz Hirut Bezawit Lulit"),
        _names("Abebe Tadesse Getachew Mulugeta Bereket Yared Dereje Fasil"),
        _names("Bekele Alemu Girma Wolde Tefera Desta Lemma Negash"),
        also=("om",),
    ),
    "swahili": Culture(
        "sw",
        _names("Furaha Neema Zawadi Riziki Mapendo Bahati Esperance Aline"),
        _names("Baraka Juma Amani Bienvenu Pacifique Innocent Espoir Moise"),
        _names("Mukendi Bahizi Kalala Ilunga Bisimwa Mugisha Byamungu Namegabe"),
        also=("fr",),
    ),
    "kinyarwanda": Culture(
        "rw",
        _names("Uwase Keza Ineza Mutoni Umutesi Ishimwe"),
        _names("Mugabo Ndayisenga Kwizera Hakizimana Nkurunziza Shema"),
        _names("Niyonzima Habimana Uwimana Ndikumana Nshimiyimana Bigirimana"),
        also=("sw",),
    ),
    "spanish": Culture(
        "es",
        _names("Lucía Valentina Marisol Paola Ximena Yaneth Carolina"),
        _names("Andrés Mateo Joaquín Rafael Iván Camilo Edgar"),
        _names("Restrepo Quintero Zambrano Morales Pineda Cárdenas Rivas"),
    ),
    "turkish": Culture(
        "tr",
        _names("Elif Zeynep Nurcan Sevgi Hülya Derya"),
        _names("Emre Kerem Tolga Cengiz Onur Selim"),
        _names("Kaya Öztürk Şahin Çelik Doğan Koç"),
    ),
    "burmese": Culture(
        "my",
        _names("Thiri Khin Hnin Ei Su Nandar"),
        _names("Aung Min Zaw Kyaw Htet Thura"),
        _names("Htun Lwin Maung Naing Win Oo"),
    ),
    "georgian": Culture(
        "ka",
        _names("Nino Tamar Eka Lali Ketevan"),
        _names("Giorgi Levan Irakli Zurab Davit"),
        _names("Lomidze Kapanadze Gelashvili Beridze Maisuradze"),
        also=("ru",),
    ),
    "uzbek": Culture(
        "uz",
        _names("Dilnoza Gulnora Malika Nodira Zulfiya"),
        _names("Jasur Bobur Sherzod Otabek Ulugbek"),
        _names("Karimov Yusupov Rakhimov Tursunov Saidov"),
        also=("ru",),
    ),
    "urdu": Culture(
        "ur",
        _names("Ayesha Sana Hina Rabia Nadia"),
        _names("Imran Usman Faisal Bilal Asad"),
        _names("Malik Butt Chaudhry Qureshi Mirza"),
    ),
    "albanian": Culture(
        "sq",
        _names("Arta Besa Drita Elira Vjosa"),
        _names("Agim Besnik Dritan Ilir Luan"),
        _names("Hoxha Krasniqi Gashi Berisha Shala"),
    ),
    "bosnian": Culture(
        "bs",
        _names("Amra Selma Lejla Emina Azra"),
        _names("Emir Haris Adnan Damir Senad"),
        _names("Hodžić Delić Begić Kovač Softić"),
    ),
    "french": Culture(
        "fr",
        _names("Aïcha Solange Clarisse Mireille Odile"),
        _names("Thierry Blaise Serge Hervé Didier"),
        _names("Mbarga Essomba Ngassa Fotso Tchoua"),
        also=("en",),
    ),
    "english": Culture(
        "en",
        _names("Blessing Grace Ngozi Patience Joy"),
        _names("Emeka Godwin Tunde Victor Chidi"),
        _names("Okafor Adeyemi Eze Lado Deng"),
    ),
    "armenian": Culture(
        "hy",
        _names("Anahit Lusine Nare Gayane Siranush"),
        _names("Hayk Tigran Vahan Arsen Karen"),
        _names("Sargsyan Petrosyan Hakobyan Grigoryan Avetisyan"),
        also=("ru",),
    ),
}

COUNTRIES: tuple[tuple[str, str, int], ...] = (
    ("UA", "ukrainian", 200), ("SY", "arabic", 130), ("SY", "kurdish", 25), ("AF", "dari", 100),
    ("AF", "pashto", 25), ("ER", "tigrinya", 90), ("SO", "somali", 70), ("IQ", "arabic", 35),
    ("IQ", "sorani", 25), ("CD", "swahili", 45), ("IR", "persian", 35), ("SD", "arabic", 30),
    ("ET", "amharic", 30), ("YE", "arabic", 18), ("TR", "turkish", 12), ("TR", "kurdish", 8),
    ("BI", "kinyarwanda", 12), ("RW", "kinyarwanda", 8), ("UG", "english", 10), ("SS", "english", 12),
    ("MM", "burmese", 10), ("VE", "spanish", 10), ("CO", "spanish", 12), ("NI", "spanish", 6),
    ("RU", "russian", 12), ("BY", "russian", 8), ("GE", "georgian", 8), ("UZ", "uzbek", 8),
    ("PK", "urdu", 10), ("LB", "arabic", 8), ("LY", "arabic", 5), ("EG", "arabic", 7),
    ("AL", "albanian", 5), ("BA", "bosnian", 4), ("CM", "french", 7), ("NG", "english", 7),
    ("AM", "armenian", 6),
)  # fmt: skip
"""Country, culture and weight: some thirty nationalities in plausible proportions for 2022–2026."""


def split(name: str) -> tuple[str, str]:
    """Latin letters and own script of one name."""
    latin, _bar, own = name.partition("|")
    return latin, own
