"""The words by which the start of a line is known as a speaker's label, or as none."""

from __future__ import annotations


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


ARTICLES = frozenset(["the", "de", "het"])
PARTICLES = _words(
    """
    de der den het van von vom zu zur ten ter te 't 's in op aan la le les du des da das do dos di del
    della el al bin ibn bint abu ben af av og en and und y e i d' o
    """
)
ABBREVIATIONS = _words("prof dr drs ir ing mr mw mevr mrs ms dhr st jr sr int resp spm msc phd")

# A line that starts with one of these, also with a number or letter behind it (`Table 2`), is no speech.
NEVER = _words(
    """
    note notes source sources figure figures fig table tables box boxes annex annexes appendix chapter
    part section paragraph page pages see re fw fwd subject subjects date time place location duration
    from to cc bcc sent attachment attachments http https ftp mailto nb n.b ps p.s tel phone fax mobile
    email e-mail mail website web url link doi isbn issn abstract summary keywords conclusion conclusions
    introduction example examples title author authors project interview transcript transcription
    transcriber recording audio video file version language warning attention definition description
    include exclude includes excludes inclusion exclusion goal goals aim aims objective participants
    present absent agenda topic topics theme themes code codes category memo break pause music intro outro
    applause laughter silence end start begin action actions decision decisions age gender sex role
    country address occupation nationality education background method methods methodology results
    discussion references reference footnote caption legend total index contents step phase option item
    copyright photo image credit credits comment comments observation observations context case however
    thus therefore but so also first second third finally yes no and or because i.e e.g etc important
    remember update tip tips todo status task deadline history result findings finding quote theory scope
    period sample lunch welcome closing opening registration coffee limitations recommendations
    recommendation bron bronnen figuur figuren tabel tabellen kader kaders bijlage bijlagen hoofdstuk deel
    paragraaf pagina blz zie betreft onderwerp onderwerpen datum tijd tijdstip plaats locatie duur aan
    verzonden kopie bijlagenummer telefoon mobiel samenvatting trefwoorden conclusie conclusies inleiding
    voorbeeld voorbeelden bijvoorbeeld bijv titel auteur auteurs transcriptie opname bestand versie taal
    opmerking opmerkingen let definitie omschrijving beschrijving toelichting uitleg doel doelen
    tussendoel einddoel hoofddoel subdoel aanname doelstelling deelnemers aanwezig aanwezigen afwezig
    thema thema's categorie pauze muziek applaus gelach stilte einde eind actie acties besluit besluiten
    naam leeftijd geslacht rol land adres beroep nationaliteit opleiding achtergrond methode resultaten
    discussie referenties voetnoot legenda totaal inhoud stap fase optie casus echter dus maar ook ten
    eerste tweede derde tenslotte kortom nee ja en of want namelijk d.w.z o.a belangrijk kenmerk
    referentie ingekomen wij noot noten observatie bevinding bevindingen citaat periode geldigheid
    vergelijking koffie sluiting welkom aanbeveling aanbevelingen afspraak geachte kilde kilder merk figur
    figurer tabell tabeller boks vedlegg kapittel del avsnitt side sider se emne dato tid klokkeslett sted
    varighet fra til sendt kopi telefon sammendrag nøkkelord konklusjon innledning eksempel eksempler
    tittel forfatter prosjekt intervju transkripsjon opptak lydfil fil versjon språk merknad definisjon
    beskrivelse mål delmål deltakere tilstede fraværende tema temaer kategori musikk latter stillhet slutt
    navn alder kjønn rolle adresse yrke nasjonalitet utdanning bakgrunn metode resultater diskusjon
    fotnote sum innhold trinn steg kontekst imidlertid altså men også først nei vedrørende viktig funn
    sitat kommentar observasjon anbefaling hensikt formål problem problems solution solutions default
    options good bad wrong correct advantage advantages disadvantage disadvantages pros cons risk risks
    opportunity opportunities strengths weaknesses threats cause causes effect effects impact consequence
    consequences reason reasons budget cost costs activity activities input output outcome outcomes
    indicator indicators license files probleem problemen oplossing oplossingen voordeel voordelen nadeel
    nadelen risico risico's kans kansen sterktes zwaktes bedreigingen oorzaak oorzaken gevolg gevolgen
    reden redenen kosten activiteit activiteiten problemer løsning løsninger fordel fordeler ulempe
    ulemper risiko årsak årsaker virkning konsekvens konsekvenser grunn kostnader aktivitet aktiviteter
    vraagstelling hoofdvraag onderzoeksvraag deelvraag problemstilling rondvraag groet groeten actiepunt
    actiepunten actielijst monday tuesday wednesday thursday friday saturday sunday january february march
    july september october november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    januari februari maart juli oktober mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar
    mars desember
    """
)
# Countries head sections of comparisons; those that are also people's names (Jordan, Chad) are left out.
COUNTRIES = _words(
    """
    norway netherlands germany belgium france spain sweden denmark italy greece poland turkey iraq iran
    syria afghanistan pakistan nigeria ghana somalia eritrea ethiopia morocco algeria egypt russia ukraine
    europe eu noorwegen nederland duitsland belgië frankrijk spanje zweden denemarken italië griekenland
    polen turkije irak syrië somalië ethiopië marokko algerije egypte rusland oekraïne europa norge
    tyskland belgia frankrike spania sverige danmark italia hellas tyrkia etiopia russland
    """
)
# Words with which sentences start, though names of two words and more may not.
OPENERS = _words(
    """
    the a an this that these those my our your his her their its on in of for with by at as if when where
    what who how why which more most other some many een het dit dat deze die mijn ons onze uw hun zijn
    haar op voor met bij als wanneer waar wat wie hoe waarom welke meer andere sommige veel over onder tot
    et en ei dette disse den det min vår deres hans hennes på med ved som når hvor hva hvem hvordan
    hvorfor hvilke mer andre noen mange om
    """
)
