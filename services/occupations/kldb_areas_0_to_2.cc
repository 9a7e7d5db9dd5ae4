// Areas 0 to 2 of kldb.h.
#include "services/occupations/kldb_areas.h"

namespace heimweg::occupations {
namespace {

constexpr KldbEntry kEntries[] = {
    {"0", "Militär", ""},
    {"01", "Streitkräfte", ""},
    {"011", "Offiziere der Streitkräfte",
     "Offizier, Berufsoffizier, Sanitätsoffizier, Hauptmann"},
    {"012", "Feldwebel und höhere Unteroffiziere",
     "Feldwebel, Fachfeldwebel, Stabsfeldwebel, Bootsmann"},
    {"013", "Unteroffiziere",
     "Unteroffizier, Fachunteroffizier, Maat, Stabsunteroffizier"},
    {"014", "Mannschaften und Wehrdienst",
     "Soldat, Zeitsoldat, freiwillig Wehrdienstleistender"},
    {"1", "Landwirtschaft, Wald, Tiere und Garten", ""},
    {"11", "Landwirtschaft, Tierhaltung und Forst", ""},
    {"111", "Landwirtschaft und Ackerbau",
     "Landwirt, Bauer, Landwirtschaftshelfer, Agrarwirt, "
     "Agraringenieur, Fachkraft Agrarservice, Landmaschinenführer, "
     "Erntehelfer, landwirtschaftlicher Betriebsleiter"},
    {"112", "Haltung und Zucht von Nutztieren",
     "Tierwirt, Melker, Schäfer, Imker, Geflügelzüchter, Tierzüchter, "
     "Stallarbeiter"},
    {"113", "Pferdehaltung und Reiten",
     "Pferdewirt, Bereiter, Pferdepfleger, Hufpfleger, Stallmeister"},
    {"114", "Fischerei und Fischzucht",
     "Fischwirt, Fischer, Fischzüchter, Teichwirt"},
    {"115", "Pflege von Tieren",
     "Tierpfleger, Hundetrainer, Hundefriseur, Zootierpfleger"},
    {"116", "Weinbau und Kellerei",
     "Winzer, Weinbauer, Kellermeister, Önologe, Weintechnologe"},
    {"117", "Forst, Jagd und Landschaftspflege",
     "Forstwirt, Förster, Waldarbeiter, Jäger, Landschaftspfleger, "
     "Ranger, Forstmaschinenführer, Baumpfleger"},
    {"12", "Gartenbau und Blumen", ""},
    {"121", "Gartenbau und Landschaftsbau",
     "Gärtner, Landschaftsgärtner, Garten- und Landschaftsbauer, "
     "Gartenhelfer, Baumschulgärtner, Greenkeeper, Friedhofsgärtner"},
    {"122", "Blumen und Floristik", "Florist, Blumenbinder, Blumenverkäufer"},
    {"2", "Rohstoffe, Produktion und Fertigung", ""},
    {"21", "Bergbau, Steine, Glas und Keramik", ""},
    {"211", "Bergbau und Sprengtechnik",
     "Bergmann, Bergbautechnologe, Bergmechaniker, Sprengmeister, "
     "Tagebaugerätefahrer"},
    {"212", "Naturstein, Mineralien und Baustoffe",
     "Steinmetz, Naturwerksteinmechaniker, Baustoffprüfer, "
     "Betonwerker, Betonfertigteilbauer, Aufbereitungsmechaniker"},
    {"213", "Glasherstellung in der Industrie",
     "Glasmacher, Flachglastechnologe, Verfahrensmechaniker "
     "Glastechnik, Glasveredler, Feinoptiker"},
    {"214", "Keramikherstellung in der Industrie",
     "Industriekeramiker, Keramiker, Porzellanarbeiter, Ziegelbrenner"},
    {"22", "Kunststoff, Farbe und Holz", ""},
    {"221", "Kunststoff und Kautschuk",
     "Verfahrensmechaniker Kunststoff- und Kautschuktechnik, "
     "Kunststoffformgeber, Spritzgießer, Vulkaniseur, "
     "Kunststofftechnologe"},
    {"222", "Farben und Lacke",
     "Lackierer, Fahrzeuglackierer, Lacktechniker, "
     "Verfahrensmechaniker Beschichtungstechnik, Lacklaborant"},
    {"223", "Holz und Möbel",
     "Tischler, Schreiner, Holzmechaniker, Sägewerker, "
     "Holzbearbeitungsmechaniker, Drechsler, Böttcher, Bootsbauer, "
     "Möbelmonteur, Bestattungstischler"},
    {"23", "Papier, Druck und Mediengestaltung", ""},
    {"231", "Papier und Verpackung",
     "Papiertechnologe, Papiermacher, Packmitteltechnologe, "
     "Verpackungsmittelmechaniker"},
    {"232", "Technische Mediengestaltung",
     "Mediengestalter, Grafiker, Grafikdesigner, Webdesigner, "
     "Kommunikationsdesigner, Schriftsetzer, Desktop-Publisher"},
    {"233", "Fotografie und Fototechnik",
     "Fotograf, Fotolaborant, Bildredakteur, Fotomedienfachmann"},
    {"234", "Druck und Buchbinderei",
     "Drucker, Medientechnologe Druck, Offsetdrucker, Siebdrucker, "
     "Buchbinder, Druckweiterverarbeiter"},
    {"24", "Metall erzeugen und bearbeiten", ""},
    {"241", "Metallerzeugung und Gießerei",
     "Gießer, Gießereimechaniker, Hüttenfacharbeiter, Schmelzer, "
     "Walzwerker, Stahlwerker"},
    {"242", "Spanende und formende Metallbearbeitung",
     "Zerspanungsmechaniker, CNC-Fräser, Dreher, CNC-Dreher, "
     "Metallarbeiter, Schleifer, Stanzer, Fachkraft für Metalltechnik, "
     "CNC-Fachkraft"},
    {"243", "Oberflächen von Metall",
     "Galvaniseur, Oberflächenbeschichter, Verzinker, Metallpolierer, "
     "Pulverbeschichter"},
    {"244", "Metallbau und Schweißen",
     "Metallbauer, Schlosser, Bauschlosser, Schweißer, "
     "Konstruktionsmechaniker, Schmied, Hufschmied, Stahlbauer, "
     "Anlagenmechaniker, Rohrleitungsbauer"},
    {"245", "Feinwerk- und Werkzeugtechnik",
     "Werkzeugmechaniker, Werkzeugmacher, Feinwerkmechaniker, "
     "Uhrmacher, Büchsenmacher, Präzisionsmechaniker"},
    {"25", "Maschinen und Fahrzeuge", ""},
    {"251", "Maschinenbau und Betriebstechnik",
     "Industriemechaniker, Maschinenschlosser, Maschinen- und "
     "Anlagenführer, Maschinenbediener, Maschinenbautechniker, "
     "Maschinenbauingenieur, Betriebsschlosser, Landtechnikmechaniker, "
     "Produktionshelfer, Maschinenführer, Instandhaltungsmechaniker"},
    {"252", "Fahrzeug-, Flugzeug- und Schiffbau",
     "Kfz-Mechatroniker, Kfz-Mechaniker, Automechaniker, "
     "Karosseriebauer, Land- und Baumaschinenmechatroniker, "
     "Fluggerätmechaniker, Zweiradmechatroniker, Schiffbauer, "
     "Kfz-Meister, Reifenmonteur, Fahrzeugbauer"},
    {"26", "Mechatronik, Energie und Elektro", ""},
    {"261", "Mechatronik und Automatisierung",
     "Mechatroniker, Automatisierungstechniker, Elektroniker für "
     "Automatisierungstechnik, SPS-Programmierer, Robotiktechniker, "
     "Kälteanlagenbauer"},
    {"262", "Elektroinstallation und Energietechnik",
     "Elektriker, Elektroinstallateur, Elektroniker, Elektroniker "
     "Energie- und Gebäudetechnik, Elektroniker für Betriebstechnik, "
     "Solarteur, Photovoltaikmonteur, Kraftwerker, Servicetechniker "
     "Windkraftanlagen, Elektrohelfer"},
    {"263", "Elektrotechnik und Elektronik",
     "Elektrotechniker, Elektroingenieur, Nachrichtentechniker, "
     "Elektroniker Geräte und Systeme, Mikrotechnologe, "
     "Fernmeldetechniker, Elektromeister, Informationselektroniker"},
    {"27", "Entwicklung, Konstruktion und Fertigungssteuerung", ""},
    {"271", "Technische Forschung und Entwicklung",
     "Entwicklungsingenieur, Forschungsingenieur, "
     "Wirtschaftsingenieur, Produktentwickler, Versuchstechniker"},
    {"272", "Zeichnen, Konstruktion und Modellbau",
     "Technischer Zeichner, Konstrukteur, Technischer Produktdesigner, "
     "Technischer Systemplaner, Bauzeichner, Modellbauer, "
     "CAD-Konstrukteur"},
    {"273", "Produktionsplanung und Qualität",
     "Produktionsleiter, Fertigungsplaner, Arbeitsvorbereiter, "
     "Qualitätsprüfer, Qualitätsmanager, Industriemeister, "
     "Werkstoffprüfer, Produktionsplaner, Qualitätssicherer"},
    {"28", "Textil und Leder", ""},
    {"281", "Textilherstellung",
     "Textilmechaniker, Weber, Spinner, Stricker, Textiltechniker, "
     "Maschinenführer Textil"},
    {"282", "Textilverarbeitung und Bekleidung",
     "Schneider, Maßschneider, Änderungsschneider, Näher, Modenäher, "
     "Polsterer, Sattler, Textilreiniger, Bekleidungstechniker, "
     "Modedesigner"},
    {"283", "Leder, Pelz und Schuhe",
     "Schuhmacher, Schuster, Gerber, Kürschner, Orthopädieschuhmacher, "
     "Feintäschner"},
    {"29", "Lebensmittel, Getränke und Küche", ""},
    {"291", "Getränkeherstellung",
     "Brauer, Mälzer, Brennmeister, Fachkraft Fruchtsafttechnik, "
     "Destillateur"},
    {"292", "Lebensmittelherstellung",
     "Bäcker, Konditor, Fleischer, Metzger, Müller, Molkereifachmann, "
     "Milchtechnologe, Käser, Fachkraft für Lebensmitteltechnik, "
     "Lebensmitteltechniker, Süßwarentechnologe, Fleischzerleger"},
    {"293", "Kochen und Küche",
     "Koch, Küchenchef, Küchenhilfe, Beikoch, Pizzabäcker, "
     "Kantinenkoch, Küchenleiter, Jungkoch"},
};

}  // namespace

absl::Span<const KldbEntry> KldbAreas0To2() { return kEntries; }

}  // namespace heimweg::occupations
