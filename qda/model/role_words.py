"""The words for what people are in a study, in English, Dutch, Norwegian, Arabic and Sorani: they name nobody."""

from __future__ import annotations


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


INTERVIEWER = _words(
    """
    interviewer interviewers interviewster interviewsters onderzoeker onderzoekster vragensteller
    gespreksleider gespreksleidster moderator mod facilitator researcher intervjuer intervjueren forsker
    forskeren ordstyrer ordstyreren gruppeleder question vraag spørsmål spm i int q
    المحاور محاور المحاورة محاورة الباحث باحث الباحثة باحثة السائل السائلة الميسر ميسر الميسرة ميسرة سؤال
    پرسیارکەر چاوپێکەوتنکار چاوپێکەوتنەر توێژەر لێکۆڵەر پرسیار
    """
)
INTERPRETER = _words(
    """
    interpreter interpreters translator tolk tolken vertaler vertaalster oversetter oversetteren tolker
    المترجم مترجم المترجمة مترجمة الترجمان ترجمان وەرگێڕ وەرگێر تەرجومان
    """
)
RESPONDENT = _words(
    """
    respondent respondente respondenten informant informante informanten interviewee participant deelnemer
    deelneemster geïnterviewde geinterviewde intervjuobjekt intervjuperson deltaker deltakeren speaker
    spreker spreekster taler taleren person persoon man vrouw kvinne mann male female woman answer
    antwoord svar unknown onbekend ukjent allen alle all res resp inf p r a m f b s v ip
    المبحوث مبحوث المبحوثة مبحوثة المستجيب مستجيب المستجيبة مستجيبة المشارك مشارك المجيب مجيب المجيبة مجيبة
    المتحدث متحدث المتحدثة متحدثة جواب وەڵامدەر وەڵامدەرەوە بەشداربوو قسەکەر وەڵام
    """
)
_TITLES = _words("van der den het vom von zum zur ten ter les des das dos del della bin ibn bint abu ben")
"""Parts of many names; a name that is nothing else is one of them all the same."""
_OTHER = _words(
    """
    prof drs irs ing mrs phd mister miss missis mevrouw meneer heer dame frøken fru herr
    respondents informants interviewees participants translators researchers facilitators moderators speakers
    deelnemers sprekers tolken vertalers onderzoekers deltakere deltakerne intervjuere forskere
    other others person persons people personen personer anonymous anoniem anonym
    interview interviews intervju transcript transcripts document documents notes note group groups focus groep
    groepen gruppe gruppen coder coders codeur codeurs koder kodere project
    boy girl boys girls men women husband wife mother father brother sister son daughter child children family
    couple jongen meisje mannen vrouwen echtgenoot moeder vader broer zus zoon dochter kind kinderen gezin
    gutt jente menn kvinner ektemann mor far bror søster sønn datter barn familie
    """
)
_OCCUPATIONS = _words(
    """
    adviser advisers advisor advisors agent agents aide ambassador analyst assistant assistants attache attaché
    attachés caretaker chair chairman chairwoman chaplain chief citizen civil clerk client clients coach colleague
    commissioner consultant consultants coordinator co-ordinator counselor counselors counsellor counsellors
    deputy diplomat director directorate doctor driver employee employees employer employers escort expert experts
    field guard guide head host imam inspector intermediary journalist judge landlord lawyer lawyers leader liaison
    manager managers mayor mediator member members mentor migrant migrants minister ministry monk neighbour neighbor
    ngo nurse nurses officer officers official officials operational organisation organization owner parent parents
    partner partners pastor patient patients police policeman policewoman policy practitioner priest professional
    professor programme program prosecutor psychologist pupil refugee refugees regional representative
    representatives resident residents returnee returnees scholar secretary senior junior service services social
    soldier specialist spokesperson staff student students supervisor teacher teachers team therapist trainer unit
    user users volunteer volunteers witness worker workers
    adviseur adviseurs agente agenten ambtenaar ambtenaren ambassadeur arts assistent assistente begeleider
    begeleidster begeleiders beleidsmedewerker beveiliger bewoner bewoners burgemeester buur buurman buurvrouw
    chauffeur cliënt cliënten collega collegas consulent consulente coördinator deskundige directeur directie
    docent docente geestelijke hoofd hulpverlener hulpverleners huisarts jurist leraar lerares leidinggevende lid
    maatschappelijk medewerker medewerkers medewerkster migranten minister ministerie onderwijzer ouder
    partij politie politieagent predikant psycholoog raadsman rechercheur rechter regievoerder regievoerders
    sociaal student studente terugkeerder terugkeerders terugkeer terugkeerconsulent terugkeerfunctionaris
    uitvoerder verpleegkundige vertegenwoordiger vluchteling vluchtelingen voorzitter vrijwilliger vrijwilligers
    vrijwilligster werkgever werknemer
    ansatt ansatte advokat ambassadør arbeidsgiver assistenten attacheen attachéen beboer beboere behandler direktør
    direktorat direktoratet dommer ekspert elev embetsmann flyktning flyktninger forelder foreldre fosterforelder
    frivillig frivillige funksjonær hjelper innbygger imamen jurist koordinator kollega konsulent lærer lærere lege
    leder lederen medarbeider medlem migrant migranter myndighet nabo naboen offisiell politi politiet
    politibetjent politimann prest psykolog regionleder representant returnert returnerte rådgiver rådgivere
    rådgiveren saksbehandler saksbehandlere saksbehandleren seniorrådgiver sjef sjåfør sosialarbeider sosionom
    spesialist sykepleier tjenestemann utsending veileder
    """
)
AMONG_NAMES = _TITLES
ROLES = INTERVIEWER | INTERPRETER | RESPONDENT | _OTHER | _OCCUPATIONS
"""Words that give nobody away, in whichever name they stand."""
BEFORE_PLACES = _words("in from at near outside i fra på ved uit te bij")
"""Between a role and a place that describes somebody, as in `man in Oslo`."""
