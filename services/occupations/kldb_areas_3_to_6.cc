// Areas 3 to 6 of kldb.h.
#include "services/occupations/kldb_areas.h"

namespace heimweg::occupations {
namespace {

constexpr KldbEntry kEntries3To6[] = {
    {"3", "Bau, Vermessung und Gebäudetechnik", ""},
    {"31", "Bauplanung, Architektur und Vermessung", ""},
    {"311", "Bauplanung, Bauleitung und Architektur",
     "Architekt, Bauingenieur, Bauleiter, Statiker, Stadtplaner, "
     "Bautechniker, Landschaftsarchitekt, Baukalkulator"},
    {"312", "Vermessung und Kartografie",
     "Vermessungstechniker, Vermesser, Geomatiker, Kartograf, "
     "Vermessungsingenieur"},
    {"32", "Hochbau und Tiefbau", ""},
    {"321", "Hochbau",
     "Maurer, Betonbauer, Stahlbetonbauer, Hochbaufacharbeiter, "
     "Dachdecker, Gerüstbauer, Bauhelfer, Polier, "
     "Schornsteinbauer, Fassadenmonteur"},
    {"322", "Tiefbau, Straßen und Gleise",
     "Straßenbauer, Tiefbauer, Gleisbauer, Kanalbauer, "
     "Rohrleitungsbauer Tiefbau, Brunnenbauer, Tiefbauhelfer, "
     "Asphaltbauer, Spezialtiefbauer"},
    {"33", "Ausbau", ""},
    {"331", "Bodenbeläge und Fliesen",
     "Fliesenleger, Bodenleger, Parkettleger, Estrichleger"},
    {"332", "Malen, Verputzen und Abdichten",
     "Maler, Maler und Lackierer, Anstreicher, Stuckateur, Verputzer, "
     "Bauwerksabdichter, Holz- und Bautenschützer"},
    {"333", "Trockenbau, Isolierung, Zimmerei und Glas",
     "Trockenbauer, Trockenbaumonteur, Zimmerer, Isolierer, Glaser, "
     "Fensterbauer, Rollladenbauer, Ausbaufacharbeiter, Bautischler, "
     "Fenstermonteur"},
    {"34", "Gebäude- und Versorgungstechnik", ""},
    {"341", "Gebäudetechnik und Hausmeister",
     "Hausmeister, Haustechniker, Gebäudetechniker, Hauswart, "
     "Schornsteinfeger, Aufzugsmonteur, Objektbetreuer"},
    {"342", "Sanitär, Heizung und Klima",
     "Anlagenmechaniker Sanitär Heizung Klima, Heizungsbauer, "
     "Klempner, Installateur, Sanitärinstallateur, Lüftungsbauer, "
     "Klimatechniker, Ofenbauer, Spengler, Kundendiensttechniker "
     "Heizung"},
    {"343", "Versorgung, Entsorgung und Wasser",
     "Fachkraft für Abwassertechnik, Fachkraft für "
     "Wasserversorgungstechnik, Müllwerker, Entsorger, Wassermeister, "
     "Klärwärter, Fachkraft für Kreislauf- und Abfallwirtschaft, "
     "Kanalreiniger"},
    {"4", "Naturwissenschaft, Geografie und Informatik", ""},
    {"41", "Mathematik, Biologie, Chemie und Physik", ""},
    {"411", "Mathematik und Statistik",
     "Mathematiker, Statistiker, Aktuar, Data Scientist"},
    {"412", "Biologie",
     "Biologe, Biologielaborant, Biotechnologe, Biologisch-technischer "
     "Assistent, Mikrobiologe"},
    {"413", "Chemie",
     "Chemiker, Chemielaborant, Chemikant, Chemietechniker, "
     "Pharmakant, Lebensmittelchemiker, Chemisch-technischer Assistent"},
    {"414", "Physik",
     "Physiker, Physiklaborant, Physikalisch-technischer Assistent, "
     "Werkstofftechniker"},
    {"42", "Geologie, Geografie und Umwelt", ""},
    {"421", "Geologie, Geografie und Wetter",
     "Geologe, Geograf, Meteorologe, Geowissenschaftler"},
    {"422", "Umweltschutztechnik",
     "Umweltingenieur, Umwelttechniker, Umweltschutztechniker, "
     "Umwelttechnischer Assistent"},
    {"423", "Umweltmanagement und Umweltberatung",
     "Umweltberater, Umweltmanager, Klimaschutzmanager, "
     "Energieberater, Nachhaltigkeitsmanager, Naturschutzfachkraft"},
    {"43", "Informatik", ""},
    {"431", "Informatik",
     "Informatiker, Wirtschaftsinformatiker, Medieninformatiker, "
     "Fachinformatiker"},
    {"432", "IT-Beratung und IT-Vertrieb",
     "IT-Berater, Systemanalytiker, IT-Consultant, "
     "IT-Vertriebsbeauftragter, IT-Systemkaufmann, SAP-Berater"},
    {"433", "IT-Systeme, Netze und Support",
     "Systemadministrator, Netzwerkadministrator, Fachinformatiker "
     "Systemintegration, IT-Support, IT-Administrator, "
     "IT-Sicherheitsbeauftragter, Datenbankadministrator, IT-Leiter, "
     "IT-Projektleiter, Webmaster, IT-Systemelektroniker"},
    {"434", "Softwareentwicklung",
     "Softwareentwickler, Programmierer, Anwendungsentwickler, "
     "Fachinformatiker Anwendungsentwicklung, Webentwickler, "
     "Softwarearchitekt, Frontend-Entwickler, Java-Entwickler"},
    {"5", "Verkehr, Logistik und Sicherheit", ""},
    {"51", "Verkehr und Logistik ohne Fahren", ""},
    {"511", "Technischer Betrieb von Bahn, Schiff und Flugverkehr",
     "Schiffsmechaniker, Rangierer, Matrose, Wagenmeister, "
     "Flugzeugabfertiger, Schiffsmaschinist"},
    {"512", "Aufsicht und Wartung von Verkehrswegen",
     "Straßenwärter, Straßenwärter Straßenmeisterei, Gleiswart, "
     "Wasserbauer"},
    {"513", "Lager, Post und Umschlag",
     "Lagerist, Lagerarbeiter, Fachkraft für Lagerlogistik, "
     "Kommissionierer, Fachlagerist, Postbote, Zusteller, Briefträger, "
     "Paketzusteller, Lagerleiter, Umzugshelfer, Logistikmitarbeiter, "
     "Versandmitarbeiter"},
    {"514", "Service im Personenverkehr",
     "Flugbegleiter, Zugbegleiter, Schaffner, Steward, "
     "Fahrkartenkontrolleur"},
    {"515", "Steuerung des Verkehrs",
     "Fahrdienstleiter, Disponent, Fluglotse, Verkehrsplaner, "
     "Leitstellendisponent, Verkehrsmeister, Fuhrparkleiter"},
    {"516", "Kaufleute in Verkehr und Logistik",
     "Speditionskaufmann, Kaufmann für Spedition und "
     "Logistikdienstleistung, Schifffahrtskaufmann, Logistikmanager, "
     "Logistiker, Speditionssachbearbeiter"},
    {"52", "Fahrzeuge und Geräte führen", ""},
    {"521", "Fahren auf der Straße",
     "Berufskraftfahrer, Lkw-Fahrer, Busfahrer, Taxifahrer, "
     "Kraftfahrer, Kurierfahrer, Omnibusfahrer, Auslieferungsfahrer, "
     "Straßenbahnfahrer, Schulbusfahrer, Fahrer"},
    {"522", "Züge führen",
     "Lokführer, Triebfahrzeugführer, Eisenbahner im Betriebsdienst, "
     "Zugführer"},
    {"523", "Fliegen",
     "Pilot, Verkehrsflugzeugführer, Hubschrauberpilot, Fluglehrer"},
    {"524", "Schiffe führen",
     "Kapitän, Binnenschiffer, Nautischer Schiffsoffizier, "
     "Schiffsführer, Fährmann"},
    {"525", "Baumaschinen, Kräne und Stapler führen",
     "Baggerfahrer, Baumaschinenführer, Kranführer, "
     "Gabelstaplerfahrer, Staplerfahrer, Baugeräteführer, "
     "Radladerfahrer"},
    {"53", "Schutz, Sicherheit und Überwachung", ""},
    {"531", "Objektschutz, Brandschutz und Arbeitssicherheit",
     "Wachmann, Sicherheitsmitarbeiter, Fachkraft für Schutz und "
     "Sicherheit, Feuerwehrmann, Brandmeister, Pförtner, Bademeister, "
     "Fachkraft für Arbeitssicherheit, Rettungsschwimmer, "
     "Fachangestellter für Bäderbetriebe, Detektiv"},
    {"532", "Polizei, Gericht und Justizvollzug",
     "Polizist, Polizeibeamter, Kriminalbeamter, "
     "Justizvollzugsbeamter, Zollbeamter, Gerichtsvollzieher, "
     "Justizwachtmeister"},
    {"533", "Gesundheitsaufsicht und Schädlinge",
     "Hygienekontrolleur, Lebensmittelkontrolleur, "
     "Schädlingsbekämpfer, Desinfektor, Fleischkontrolleur"},
    {"54", "Reinigung", ""},
    {"541", "Reinigung",
     "Reinigungskraft, Gebäudereiniger, Putzhilfe, Raumpfleger, "
     "Zimmermädchen, Fensterputzer, Fahrzeugreiniger, Glasreiniger, "
     "Straßenreiniger"},
    {"6", "Handel, Verkauf, Hotel und Tourismus", ""},
    {"61", "Einkauf, Vertrieb und Handel", ""},
    {"611", "Einkauf und Vertrieb",
     "Einkäufer, Vertriebsmitarbeiter, Außendienstmitarbeiter, "
     "Vertriebsleiter, Key-Account-Manager, Handelsvertreter, "
     "Vertriebsingenieur, Verkaufsberater, Sales Manager"},
    {"612", "Handel mit Waren",
     "Kaufmann im Groß- und Außenhandel, Einzelhändler, Filialleiter, "
     "Marktleiter, Handelsfachwirt, Großhändler, Automatenkaufmann, "
     "Händler"},
    {"613", "Immobilien und Facility-Management",
     "Immobilienmakler, Immobilienkaufmann, Hausverwalter, "
     "Facility-Manager, Immobilienverwalter"},
    {"62", "Verkauf im Laden", ""},
    {"621", "Verkauf allgemein",
     "Verkäufer, Kaufmann im Einzelhandel, Kassierer, Verkaufshilfe, "
     "Regalauffüller, Kundenberater, Einzelhandelskaufmann, Tankwart"},
    {"622", "Verkauf von Kleidung, Technik, Autos und Eisenwaren",
     "Modeberater, Autoverkäufer, Automobilkaufmann, Textilverkäufer, "
     "Möbelverkäufer, Baumarktmitarbeiter"},
    {"623", "Verkauf von Lebensmitteln",
     "Bäckereifachverkäufer, Fleischereifachverkäufer, Fachverkäufer "
     "im Lebensmittelhandwerk, Lebensmittelverkäufer"},
    {"624", "Verkauf in Drogerie, Apotheke und Sanitätshaus",
     "Drogist, Pharmazeutisch-kaufmännischer Angestellter, "
     "Sanitätsfachverkäufer, Pharmareferent"},
    {"625", "Buch-, Kunst- und Musikhandel",
     "Buchhändler, Antiquar, Kunsthändler, Musikalienhändler, Galerist"},
    {"63", "Tourismus, Hotel und Gastronomie", ""},
    {"631", "Reisen und Sport",
     "Reiseverkehrskaufmann, Tourismuskaufmann, Reiseleiter, "
     "Stadtführer, Sportfachmann, Gästeführer, Touristiker, Animateur"},
    {"632", "Hotel",
     "Hotelfachmann, Hotelkaufmann, Rezeptionist, Hoteldirektor, "
     "Empfangsmitarbeiter Hotel, Hausdame, Hotelfachkraft"},
    {"633", "Gaststätte und Service",
     "Kellner, Restaurantfachmann, Servicekraft, Gastwirt, Barkeeper, "
     "Fachkraft im Gastgewerbe, Restaurantleiter, Systemgastronom, "
     "Fachmann für Systemgastronomie"},
    {"634", "Veranstaltungen",
     "Veranstaltungskaufmann, Eventmanager, Messebauer, "
     "Hochzeitsplaner, Veranstaltungsmanager"},
};

}  // namespace

absl::Span<const KldbEntry> KldbAreas3To6() { return kEntries3To6; }

}  // namespace heimweg::occupations
