// Areas 7 to 9 of kldb.h.
#include "services/occupations/kldb_areas.h"

namespace heimweg::occupations {
namespace {

constexpr KldbEntry kEntries7To9[] = {
    {"7", "Unternehmen, Buchhaltung, Recht und Verwaltung", ""},
    {"71", "Unternehmensführung und Büro", ""},
    {"711", "Geschäftsführung",
     "Geschäftsführer, Vorstand, Betriebsleiter, Direktor, "
     "Unternehmer, Werkleiter"},
    {"712", "Politik und Verbände",
     "Bürgermeister, Landrat, Abgeordneter, Verbandsgeschäftsführer"},
    {"713", "Organisation und Strategie von Unternehmen",
     "Kaufmann, Industriekaufmann, Betriebswirt, Unternehmensberater, "
     "Projektmanager, Projektleiter, Kaufmännischer Angestellter, "
     "Teamleiter, Assistent der Geschäftsführung, Prokurist, "
     "Wirtschaftsfachwirt"},
    {"714", "Büro und Sekretariat",
     "Bürokaufmann, Kaufmann für Büromanagement, Sekretär, Bürokraft, "
     "Sachbearbeiter, Büroassistent, Telefonist, Schreibkraft, "
     "Callcenter-Agent, Bürohilfe, Dolmetscher, Übersetzer"},
    {"715", "Personalwesen",
     "Personalreferent, Personalsachbearbeiter, Personalleiter, "
     "Personaldienstleistungskaufmann, Recruiter, Arbeitsvermittler, "
     "Personalentwickler"},
    {"72", "Finanzen, Rechnungswesen und Steuern", ""},
    {"721", "Banken und Versicherungen",
     "Bankkaufmann, Versicherungskaufmann, Finanzberater, "
     "Kundenberater Bank, Versicherungsmakler, Kreditsachbearbeiter, "
     "Filialleiter Bank"},
    {"722", "Rechnungswesen und Controlling",
     "Buchhalter, Bilanzbuchhalter, Finanzbuchhalter, Controller, "
     "Lohnbuchhalter, Wirtschaftsprüfer, Revisor"},
    {"723", "Steuern",
     "Steuerberater, Steuerfachangestellter, Steuerfachwirt, "
     "Finanzbeamter"},
    {"73", "Recht und Verwaltung", ""},
    {"731", "Recht",
     "Rechtsanwalt, Richter, Notar, Rechtsanwaltsfachangestellter, "
     "Staatsanwalt, Jurist, Rechtspfleger, Notarfachangestellter, "
     "Justizfachangestellter"},
    {"732", "Öffentliche Verwaltung",
     "Verwaltungsfachangestellter, Verwaltungsangestellter, "
     "Verwaltungsfachwirt, Beamter, "
     "Sozialversicherungsfachangestellter, Standesbeamter, Amtsleiter, "
     "Sachbearbeiter öffentliche Verwaltung, Kämmerer"},
    {"733", "Archiv, Bibliothek und Dokumentation",
     "Bibliothekar, Archivar, Fachangestellter für Medien- und "
     "Informationsdienste, Dokumentar, Medizinischer Dokumentar"},
    {"8", "Gesundheit, Soziales, Lehre und Erziehung", ""},
    {"81", "Medizin und Gesundheit", ""},
    {"811", "Hilfe in Arztpraxen",
     "Medizinischer Fachangestellter, Arzthelfer, Zahnmedizinischer "
     "Fachangestellter, Zahnarzthelfer, Tiermedizinischer "
     "Fachangestellter, Sprechstundenhilfe"},
    {"812", "Medizinisches Labor und Radiologie",
     "Medizinisch-technischer Laboratoriumsassistent, "
     "Medizinisch-technischer Radiologieassistent, Medizinischer "
     "Technologe für Laboratoriumsanalytik, Medizinischer Technologe "
     "für Radiologie, Röntgenassistent"},
    {"813", "Krankenpflege, Rettung und Geburtshilfe",
     "Krankenpfleger, Gesundheits- und Krankenpfleger, "
     "Krankenschwester, Pflegefachkraft, Pflegefachmann, "
     "Notfallsanitäter, Rettungssanitäter, Rettungsassistent, Hebamme, "
     "Kinderkrankenschwester, Gesundheits- und Kinderkrankenpfleger, "
     "Krankenpflegehelfer, Operationstechnischer Assistent, "
     "Pflegedienstleitung, Stationsleitung, Anästhesietechnischer "
     "Assistent"},
    {"814", "Ärzte und Zahnärzte",
     "Arzt, Facharzt, Hausarzt, Zahnarzt, Oberarzt, Assistenzarzt, "
     "Chefarzt, Allgemeinmediziner, Kieferorthopäde"},
    {"815", "Tierärzte", "Tierarzt, Tierheilpraktiker, Veterinär"},
    {"816", "Psychologie",
     "Psychologe, Psychotherapeut, Schulpsychologe, Kinder- und "
     "Jugendlichenpsychotherapeut"},
    {"817", "Therapie ohne Arztberuf",
     "Physiotherapeut, Ergotherapeut, Logopäde, Heilpraktiker, "
     "Masseur, Osteopath, Krankengymnast, Atemtherapeut, Motopäde"},
    {"818", "Pharmazie",
     "Apotheker, Pharmazeutisch-technischer Assistent, Pharmazeut"},
    {"82", "Altenpflege, Körperpflege und Medizintechnik", ""},
    {"821", "Altenpflege",
     "Altenpfleger, Altenpflegehelfer, Pflegehelfer, Betreuungskraft, "
     "Pflegehilfskraft, Alltagsbegleiter, Seniorenbetreuer, "
     "Heimleiter, Pflegeassistent"},
    {"822", "Ernährung und Wellness",
     "Diätassistent, Ernährungsberater, Gesundheitsberater, "
     "Wellnessberater, Saunameister"},
    {"823", "Körperpflege",
     "Friseur, Kosmetiker, Nageldesigner, Fußpfleger, Maskenbildner, "
     "Tätowierer, Podologe"},
    {"824", "Bestattung", "Bestatter, Bestattungsfachkraft, Friedhofswärter"},
    {"825", "Medizintechnik, Orthopädie und Optik",
     "Augenoptiker, Zahntechniker, Hörgeräteakustiker, "
     "Orthopädietechniker, Medizintechniker, Optiker, Optometrist, "
     "Orthopädietechnik-Mechaniker"},
    {"83", "Erziehung, Soziales und Hauswirtschaft", ""},
    {"831", "Erziehung und Sozialarbeit",
     "Erzieher, Sozialarbeiter, Sozialpädagoge, Heilerziehungspfleger, "
     "Sozialassistent, Kinderpfleger, Kita-Leitung, Tagesmutter, "
     "Heilpädagoge, Schulbegleiter, Jugendarbeiter, Streetworker, "
     "Pädagogische Fachkraft, Integrationshelfer, Kindergärtner"},
    {"832", "Hauswirtschaft",
     "Hauswirtschafter, Haushaltshilfe, Hauswirtschaftsleiter, "
     "Hauswirtschaftshelfer, Verbraucherberater"},
    {"833", "Kirche und Gemeinde",
     "Pfarrer, Diakon, Gemeindereferent, Priester, Küster, Seelsorger"},
    {"84", "Lehre und Ausbildung", ""},
    {"841", "Lehre an Schulen",
     "Lehrer, Grundschullehrer, Gymnasiallehrer, Förderschullehrer, "
     "Sonderpädagoge, Oberschullehrer, Realschullehrer, Lehrkraft, "
     "Schulleiter"},
    {"842", "Berufliche Ausbildung",
     "Berufsschullehrer, Ausbilder, Fachlehrer, Ausbildungsleiter, "
     "Lehrkraft berufliche Schulen"},
    {"843", "Hochschule",
     "Professor, Wissenschaftlicher Mitarbeiter, Hochschuldozent, "
     "Dozent"},
    {"844", "Unterricht außerhalb der Schule",
     "Musiklehrer, Sprachlehrer, Nachhilfelehrer, Kursleiter, "
     "Musikpädagoge, IT-Trainer, Deutschlehrer Integrationskurs"},
    {"845", "Fahr- und Sportunterricht",
     "Fahrlehrer, Sportlehrer, Trainer, Fitnesstrainer, Reitlehrer, "
     "Schwimmlehrer, Yogalehrer, Skilehrer"},
    {"9", "Sprache, Wissenschaft, Medien und Kunst", ""},
    {"91", "Geistes-, Gesellschafts- und Wirtschaftswissenschaften", ""},
    {"911", "Sprache und Literatur",
     "Sprachwissenschaftler, Germanist, Literaturwissenschaftler, "
     "Lektor"},
    {"912", "Geisteswissenschaften",
     "Historiker, Philosoph, Archäologe, Kunsthistoriker, "
     "Denkmalpfleger"},
    {"913", "Gesellschaftswissenschaften",
     "Soziologe, Politologe, Sozialwissenschaftler, Marktforscher, "
     "Regionalwissenschaftler"},
    {"914", "Wirtschaftswissenschaften",
     "Volkswirt, Ökonom, Wirtschaftswissenschaftler"},
    {"92", "Werbung, Marketing und Medien", ""},
    {"921", "Werbung und Marketing",
     "Marketingmanager, Werbekaufmann, Kaufmann für "
     "Marketingkommunikation, Marketingassistent, Produktmanager, "
     "Texter, Online-Marketing-Manager, Werbetechniker, "
     "Social-Media-Manager"},
    {"922", "Öffentlichkeitsarbeit",
     "Pressesprecher, PR-Berater, Pressereferent, Fundraiser, "
     "Öffentlichkeitsreferent"},
    {"923", "Verlag und Medienwirtschaft",
     "Medienkaufmann, Verlagskaufmann, Kaufmann für audiovisuelle "
     "Medien"},
    {"924", "Redaktion und Journalismus",
     "Journalist, Redakteur, Reporter, Lokalredakteur, Autor, "
     "Technischer Redakteur, Schriftsteller"},
    {"93", "Gestaltung, Kunsthandwerk und Instrumente", ""},
    {"931", "Produkt- und Industriedesign",
     "Produktdesigner, Industriedesigner, Designer, Textildesigner"},
    {"932", "Innenarchitektur und Raumausstattung",
     "Innenarchitekt, Raumausstatter, Gestalter für visuelles "
     "Marketing, Dekorateur, Schauwerbegestalter"},
    {"933", "Kunsthandwerk und bildende Kunst",
     "Künstler, Bildhauer, Holzbildhauer, Restaurator, Maler Kunst, "
     "Korbmacher, Flechtwerkgestalter, Drechsler Kunsthandwerk, "
     "Vergolder"},
    {"934", "Keramik und Glas im Kunsthandwerk",
     "Töpfer, Keramikmaler, Glasbläser, Glasmaler, Porzellanmaler"},
    {"935", "Metall im Kunsthandwerk",
     "Goldschmied, Silberschmied, Graveur, Kunstschmied, Schilder- und "
     "Lichtreklamehersteller"},
    {"936", "Bau von Musikinstrumenten",
     "Orgelbauer, Klavierbauer, Geigenbauer, Instrumentenbauer, "
     "Klavierstimmer"},
    {"94", "Bühne, Film, Musik und Museum", ""},
    {"941", "Musik und Gesang",
     "Musiker, Sänger, Dirigent, Organist, Kantor, Komponist, "
     "Chorleiter"},
    {"942", "Schauspiel und Tanz",
     "Schauspieler, Tänzer, Artist, Model, Statist"},
    {"943", "Moderation und Unterhaltung",
     "Moderator, Radiosprecher, Discjockey, Clown, Zauberer"},
    {"944", "Theater-, Film- und Fernsehproduktion",
     "Regisseur, Dramaturg, Filmproduzent, Aufnahmeleiter, "
     "Regieassistent"},
    {"945", "Veranstaltungs-, Kamera- und Tontechnik",
     "Veranstaltungstechniker, Fachkraft für Veranstaltungstechnik, "
     "Kameramann, Tontechniker, Mediengestalter Bild und Ton, "
     "Lichttechniker, Cutter"},
    {"946", "Bühnenbild, Kostüm und Requisite",
     "Bühnenbildner, Kostümbildner, Requisiteur, Bühnenmaler, "
     "Bühnenplastiker"},
    {"947", "Museum",
     "Museumsleiter, Museumstechniker, Kurator, Ausstellungsmacher, "
     "Präparator"},
};

}  // namespace

absl::Span<const KldbEntry> KldbAreas7To9() { return kEntries7To9; }

}  // namespace heimweg::occupations
