//! What comes out for what is in a file; every trap of the notes has a line.

use crate::SisXml;
use aimline_plugin::testkit::{self, Recorded, RecordedTable};

/// A row a line: `# table`, `h` for a header row, `name=value` for what a record says, `! code severity line: seen`.
fn render(recorded: &Recorded) -> Vec<String> {
    let mut lines = Vec::new();
    for table in &recorded.tables {
        if table.name != "diagnostics" {
            lines.push(format!("# {}", table.name));
        }
        for row in &table.rows {
            let cell = |at: usize| row.cells[at].as_deref().unwrap_or("");
            if table.name == "diagnostics" {
                lines.push(format!("! {} {} {}: {}", cell(0), cell(1), row.row, cell(3)));
            } else if table.columns.is_empty() {
                let cells: Vec<&str> = (1..row.cells.len()).map(cell).collect();
                let head = if cell(0).starts_with('h') { "h ".to_owned() } else { format!("{} ", row.row) };
                lines.push(head + &cells.join("|"));
            } else {
                let pairs = table.columns.iter().zip(&row.cells);
                let pairs: Vec<String> = pairs.filter_map(|(name, cell)| Some(format!("{name}={}", cell.as_ref()?))).collect();
                lines.push(format!("{} {}", row.row, pairs.join(" ")));
            }
        }
    }
    lines
}

#[track_caller]
fn check_bytes(data: &[u8], expected: &[&str]) {
    let recorded = testkit::import::<SisXml>("a.xml", data);
    assert_eq!(recorded.faults, Vec::<String>::new());
    let mut lines = render(&recorded);
    if let Err(error) = &recorded.result {
        lines.push(format!("status {}: {}", error.status, error.message));
    }
    assert_eq!(lines, expected);
}

#[track_caller]
fn check(xml: &str, expected: &[&str]) {
    check_bytes(xml.as_bytes(), expected);
}

/// The rows of one table without its header.
fn rows(recorded: &Recorded, table: &str) -> Vec<String> {
    let only = |table: &RecordedTable| Recorded {
        tables: vec![table.clone()],
        result: Ok(()),
        faults: Vec::new(),
        progress: 0,
        rows: 0,
    };
    recorded.table(table).map(|table| render(&only(table)).split_off(1)).unwrap_or_default()
}

const DISTRICT: &str = r#"<?xml version="1.0"?>
<SIS><District id="048078">
<Student id="007" school="Elm">
<Goal id="G1" area="Reading"><Baseline>12</Baseline><Target>60 wcpm</Target>
<DataPoint date="2025-09-02" value="14" staff="J. Z&apos;B"/>
<DataPoint date="2025-09-09" value=""/>
</Goal>
<Goal id="G2" area="Math"><Baseline>1/5</Baseline></Goal>
</Student>
<Student id="008" school="Oak"><Goal id="G3"><DataPoint date="2025-09-03" value="4/5"/></Goal></Student>
</District></SIS>"#;

#[test]
fn ancestors_and_attributes() {
    check(
        DISTRICT,
        &[
            "# District › Student › Goal › DataPoint",
            "h District id|Student id|Student school|Goal id|Goal area|Goal Baseline|Goal Target|date|value|staff",
            "5 048078|007|Elm|G1|Reading|12|60 wcpm|2025-09-02|14|J. Z'B",
            "6 048078|007|Elm|G1|Reading|12|60 wcpm|2025-09-09||",
            "10 048078|008|Oak|G3||||2025-09-03|4/5|",
            "# District › Student › Goal",
            "h District id|Student id|Student school|id|area|Baseline",
            "8 048078|007|Elm|G2|Math|1/5",
        ],
    );
}

#[test]
fn what_comes_after_the_rows_is_not_lost() {
    check(
        "<S><Goal id='1'><Point d='a'/><Point d='b'/><Target>9</Target></Goal><Goal id='2'><Target>8</Target><Point d='c'/></Goal></S>",
        &["# Goal › Point", "h Goal id|Goal Target|d", "1 1|9|a", "1 1|9|b", "1 2|8|c"],
    );
    check("<S><G k='1'><P d='a'/><P d='b'/>text</G></S>", &["# G › P", "h G k|G|d", "1 1|text|a", "1 1|text|b"]);
    // Too many rows to wait: they come, and the value that is late is told.
    let mut xml = String::from("<S><Goal id='1'>\n");
    let text = "a text to fill the memory ".repeat(80);
    for n in 0..5000 {
        xml.push_str(&format!("<Point d='{n}' v='{text}'/>\n"));
    }
    xml.push_str("<Target>9</Target></Goal><Goal id='2'><Point d='x'/><Target>7</Target></Goal></S>");
    let recorded = testkit::import::<SisXml>("a.xml", xml.as_bytes());
    assert_eq!(recorded.codes(), ["F016"]);
    let rows = rows(&recorded, "Goal › Point");
    assert_eq!(rows.len(), 5001 + 2);
    assert_eq!(rows[1], format!("2 1|0|{}", text.trim()));
    assert_eq!(rows.last().map(String::as_str), Some("5002 2|x||7"));
}

#[test]
fn the_four_shapes_of_rows() {
    // S1, with escaped names and a missing child.
    check(
        "<dataroot xmlns:od='urn:schemas-microsoft-com:officedata' generated='2025'><IEP_x0020_Scores><Student_x0020_ID>01</Student_x0020_ID>\
         <Score>5</Score></IEP_x0020_Scores>\n<IEP_x0020_Scores><Score> 6 </Score><Note>x</Note></IEP_x0020_Scores></dataroot>",
        &[
            "# IEP Scores",
            "h dataroot generated|Student ID|Score",
            "1 2025|01|5",
            "h dataroot generated|Student ID|Score|Note",
            "2 2025||6|x",
        ],
    );
    // S2, with prefixes.
    check(
        "<xml xmlns:rs='r' xmlns:z='z'><rs:data><z:row ID='1' Score='4/5'/><z:row ID='2' Score='NA'/></rs:data></xml>",
        &["# data › row", "h ID|Score", "1 1|4/5", "1 2|NA"],
    );
    // S3: MySQL.
    check(
        "<resultset statement='select' xmlns:xsi='x'>\n<row><field name='StudentID'>01</field><field name='Score'>5</field></row>\n\
         <row><field name='StudentID'>02</field><field name='Score' xsi:nil='true'/></row>\n\
         <row><field name='Score'>7</field><field name='Late'>y</field></row></resultset>",
        &[
            "# row",
            "h resultset statement|StudentID|Score",
            "2 select|01|5",
            "3 select|02|",
            "h resultset statement|StudentID|Score|Late",
            "4 select||7|y",
        ],
    );
    // S4: FileMaker.
    check(
        "<FMPXMLRESULT xmlns='f'><METADATA><FIELD NAME='ID' TYPE='TEXT'/><FIELD NAME='Score'/></METADATA><RESULTSET FOUND='2'>\
         <ROW MODID='0' RECORDID='1'><COL><DATA>01</DATA></COL><COL><DATA>5</DATA></COL></ROW>\n\
         <ROW MODID='0' RECORDID='2'><COL><DATA/></COL><COL><DATA>6</DATA></COL></ROW></RESULTSET></FMPXMLRESULT>",
        &["# RESULTSET › ROW", "h RESULTSET FOUND|MODID|RECORDID|ID|Score", "1 2|0|1|01|5", "2 2|0|2||6"],
    );
    // S4: SIF.
    check(
        "<SIF_Message><SIF_Response><SIF_ExtendedQueryResults><SIF_ColumnHeaders><SIF_Element ObjectName='SchoolInfo'>SchoolName</SIF_Element>\
         <SIF_Element ObjectName='StudentPersonal'>LocalId</SIF_Element></SIF_ColumnHeaders><SIF_Rows><R><C>Elm</C><C>01</C></R></SIF_Rows>\
         </SIF_ExtendedQueryResults></SIF_Response></SIF_Message>",
        &[
            "# SIF_Response › SIF_ExtendedQueryResults › SIF_Rows › R",
            "h SchoolInfo SchoolName|StudentPersonal LocalId",
            "1 Elm|01",
        ],
    );
    // Positions whose names are the first row: no header is made up.
    check("<T><r><c>ID</c><c>Score</c></r><r><c/><c>5</c></r></T>", &["# r", "1 ID|Score", "1 |5"]);
}

#[test]
fn repeated_parts_become_columns() {
    check(
        "<I><A><Id>1</Id><D><D>x</D><O>1</O></D><D><D>y</D></D></A><A><Id>2</Id></A></I>",
        &["# A", "h Id|D D|D O|D D 2", "1 1|x|1|y", "1 2|||"],
    );
    check(
        "<I><A><R><X>1</X><X>2</X></R><R><X>3</X><X>4</X></R></A><A><R><X>5</X></R></A></I>",
        &["# A", "h R X|R X 1.2|R X 2|R X 2.2", "1 1|2|3|4", "1 5|||"],
    );
}

#[test]
fn ed_fi_names_are_short_and_unique() {
    check(
        "<I xmlns='http://ed-fi.org/0310'><A><SR><SI><Sid>1</Sid></SI></SR><PR><EI><Eid>2</Eid></EI></PR><ER><EI><Eid>3</Eid></EI></ER></A><A><B>4</B></A></I>",
        &["# A", "h SI Sid|EI Eid|ER EI Eid", "1 1|2|3", "h SI Sid|EI Eid|ER EI Eid|B", "1 |||4"],
    );
    // Scores before the reference.
    check(
        "<I><StudentAssessment><ScoreResult><Result>1</Result></ScoreResult><ScoreResult><Result>2</Result></ScoreResult>\
         <SR><SI><Sid>7</Sid></SI></SR></StudentAssessment><StudentAssessment><SR><SI><Sid>8</Sid></SI></SR></StudentAssessment></I>",
        &["# StudentAssessment › ScoreResult", "h SI Sid|Result", "1 7|1", "1 7|2", "# StudentAssessment", "h SI Sid", "1 8"],
    );
}

#[test]
fn rows_can_be_named() {
    let xml = "<S><Student id='1'><Goal id='a'><P v='1'/><P v='2'/></Goal></Student><Student id='2'/></S>";
    let recorded = testkit::import_with::<SisXml>("a.xml", xml.as_bytes(), &[("rows", "Student")]);
    assert_eq!(render(&recorded), ["# Student", "h id|Goal id|P v|P v 2", "1 1|a|1|2", "1 2|||"]);
    let recorded = testkit::import_with::<SisXml>(
        "a.xml",
        b"<S><xStudent refId='1'><localId>5</localId></xStudent></S>",
        &[("rows", " x:xStudent")],
    );
    assert_eq!(render(&recorded), ["# xStudent", "h refId|localId", "1 1|5"]);
}

#[test]
fn text_of_any_make() {
    check(
        "<r><a k=' x&#32;'>a&amp;<![CDATA[<b>]]><!-- no -->&#65;&eacute;&nbsp;</a><a>R&D &foo; x&#xD800;y&#1;z</a><a k='R&D &foo; &lt;\n2'>1\r\n2</a></r>",
        &[
            "# a",
            "h k|a",
            "1 x|a&<b>Aé",
            "1 |R&D &foo; x\u{FFFD}yz",
            "1 R&D &foo; < 2|1\n2",
            "! F006 warning 1: an entity that is not declared",
            "! F006 warning 1: a character reference that is no character",
            "! F011 warning 1: a control character; it was left out",
        ],
    );
}

#[test]
fn attributes_of_any_make() {
    check(
        "<r><a k='1' k='2' n=3 v x='4'/>\n<a k='5'/></r>",
        &["! F006 warning 1: the same attribute twice; the first was used", "# a", "h k|x", "1 1|4", "2 5|"],
    );
}

#[test]
fn broken_files_keep_what_came_before() {
    let two = "<r><a k='1'/><a k='2'/>";
    let rows = ["# a", "h k", "1 1", "1 2"];
    let with = |last: &'static str| rows.iter().copied().chain([last]).collect::<Vec<_>>();
    check(two, &with("! F006 error 1: the file ends within an element"));
    for (tail, seen) in [
        ("\n<a k='3'", "tag not closed"),
        ("\n<a k='3", "attribute value not closed"),
        ("\n<![CDATA[x", "CDATA not closed"),
        ("\n<!-- x", "comment not closed"),
        ("\n</x>", "ill-formed"),
        ("\n<b></c></b></r>", "ill-formed"),
        ("\n</r></r>", "ill-formed"),
    ] {
        let recorded = testkit::import::<SisXml>("a.xml", format!("{two}{tail}").as_bytes());
        let lines = render(&recorded);
        assert_eq!(recorded.result, Ok(()));
        assert_eq!(lines[..4], rows, "{tail}");
        assert!(lines[4].starts_with("! F006 error 2: ") && lines[4].contains(seen), "{tail}: {}", lines[4]);
        assert_eq!(lines.len(), 5, "{tail}");
    }
    check(&format!("{two}</r>\njunk"), &with("! F006 warning 1: text outside of the root element"));
    check(
        &format!("{two}</r>\n<r><a k='3'/></r>"),
        &["# a", "h k", "1 1", "1 2", "2 3", "! F006 warning 2: a second root element"],
    );
}

#[test]
fn nothing_to_read() {
    let none = "status 2: The file has no root element, so it is not XML.";
    for text in ["", "  \n", "ID,Score\n1,2\n", "<?xml version='1.0'?>", "<1a/>", "< a>", "<", "&", "<!-- x"] {
        check(text, &[none]);
    }
    check("<r/>", &["! F010 info 0: no row"]);
    check("<r><a/><a/></r>", &["! F010 info 0: no row"]);
    check("<r><a><b> </b></a><a/></r>", &["! F010 info 0: no row"]);
}

#[test]
fn other_kinds_of_xml() {
    let probe = |text: &str| testkit::probe::<SisXml>("a.xml", text.as_bytes()).map(|probe| (probe.confidence, probe.variant));
    let is = |text, confidence, variant: &str| assert_eq!(probe(text), Ok((confidence, variant.to_owned())), "{text}");
    is("<html><body/></html>", 0, "");
    is("\n<!DOCTYPE HTML><x/>", 0, "");
    is("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", 0, "");
    is("<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", 0, "");
    is("ID,Score", 0, "");
    is("", 0, "");
    is("<r><a/></r>", 70, "XML");
    is("<I xmlns='http://ed-fi.org/5.2.0'/>", 90, "Ed-Fi");
    is("<s:SIF_Message xmlns:s='x'/>", 90, "SIF");
    is("<e><x:xStudents xmlns:x='y'><x:xStudent/></x:xStudents></e>", 95, "SIF xStudent");
    is("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>", 70, "XML without records");
    for text in [
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>",
        "<rss version='2.0'><channel/></rss>",
        "<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform'/>",
        "<html/>",
        "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
    ] {
        let result = testkit::import::<SisXml>("a.xml", text.as_bytes()).result;
        assert!(
            result
                .as_ref()
                .is_err_and(|error| error.status == 2 && error.message.starts_with("The file is ") || error_is_other(error)),
            "{result:?}"
        );
    }
}

fn error_is_other(error: &aimline_plugin::Error) -> bool {
    error.status == 2 && error.message.starts_with("It is ")
}

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn encodings() {
    let text = |declared: &str| format!("<?xml version='1.0'{declared}?>\n<r>\n<a n='Zoë'/>\n<a n='Núñez'>é</a></r>");
    let expected = ["# a", "h n", "3 Zoë", "h n|a", "4 Núñez|é"];
    let joined = |parts: &[&[u8]]| parts.concat();
    check(&text(""), &expected);
    check(&text(" encoding='utf-16'"), &expected);
    check_bytes(&joined(&[b"\xEF\xBB\xBF", text("").as_bytes()]), &expected);
    check_bytes(&joined(&[b"\xEF\xBB\xBF\xEF\xBB\xBF", text("").as_bytes()]), &expected);
    for declared in
        ["", " encoding='UTF-16'", " encoding='utf-8'", " encoding='windows-1252' standalone='yes' and='long, longer than it is'"]
    {
        let text = text(declared);
        check_bytes(&joined(&[b"\xFF\xFE", &utf_16(&text, false)]), &expected);
        check_bytes(&joined(&[b"\xFE\xFF", &utf_16(&text, true)]), &expected);
        check_bytes(&utf_16(&text, false), &expected);
        check_bytes(&utf_16(&text, true), &expected);
    }
    let latin = |declared: &str| text(declared).chars().map(|c| c as u8).collect::<Vec<u8>>();
    check_bytes(&latin(" encoding='ISO-8859-1'"), &expected);
    check_bytes(&latin(" encoding=\"windows-1252\""), &expected);
    let fallback = "! F012 info 3: text that is not UTF-8; it was read as Windows-1252";
    let with: Vec<&str> = [fallback].into_iter().chain(expected).collect();
    check_bytes(&latin(""), &with);
    check_bytes(&latin(" encoding='UTF-8'"), &with);
    check_bytes(
        b"<r><a n='\x93x\x94'/><a n='2'/></r>",
        &["! F012 info 1: text that is not UTF-8; it was read as Windows-1252", "# a", "h n", "1 “x”", "1 2"],
    );
    check_bytes(b"\xFF\xFE\0\0<\0\0\0", &["status 3: The file is encoded as UTF-32. Save it as UTF-8."]);
    check_bytes(
        b"<r><a n='\0x\x01'/>\0<a n='2'/></r>",
        &["! F011 warning 1: a control character; it was left out", "# a", "h n", "1 x", "1 2"],
    );
}

#[test]
fn document_type_definitions_are_inert() {
    check(
        "<!DOCTYPE r [<!ENTITY a 'x'><!ENTITY b '&a;&a;'><!ENTITY % p SYSTEM 'http://x/y'> %p; <!ENTITY f SYSTEM 'file:///etc/passwd'>\
         <!ATTLIST a k CDATA 'default'>]>\n<r><a n='&b;'>&f;</a><a n='1'/></r>",
        &["! F015 info 1: DOCTYPE", "! F006 warning 2: an entity that is not declared", "# a", "h n|a", "2 &b;|&f;", "2 1|"],
    );
    let long = format!("<!DOCTYPE r [{}]><r><a k='1'/></r>", " ".repeat(70_000));
    check(
        &long,
        &[
            "! F015 info 1: DOCTYPE",
            "! F013 error 1: a DOCTYPE of more than 64 KiB; reading stopped here",
            "status 2: The file has no root element, so it is not XML.",
        ],
    );
}

#[test]
fn limits() {
    let deep = format!("<r><a k='1'/><a k='2'/>{}", "<d>".repeat(100_000));
    check(&deep, &["# a", "h k", "1 1", "1 2", "! F013 error 1: elements nested more than 256 deep; reading stopped here"]);
    let long = format!("<r><a k='1'>{}</a><a k='2'>x</a></r>", "y".repeat((1 << 20) + 1));
    check(&long, &["! F013 error 1: a text of more than 1 MiB; it was left out", "# a", "h k", "1 1", "h k|a", "1 2|x"]);
    let attributes: String = (0..10_000).map(|n| format!(" k{n}='v'")).collect();
    let recorded = testkit::import::<SisXml>("a.xml", format!("<r><a{attributes}/><a k0='2'/></r>").as_bytes());
    assert_eq!((recorded.codes()[0], recorded.faults.len()), ("F013", 0));
    assert_eq!(recorded.table("a").map(|table| table.rows[1].cells.len()), Some(1025));
    // Data in the names of elements.
    let names: String = (0..30_000).map(|n| format!("<S{n}><v>1</v></S{n}>")).collect();
    let recorded = testkit::import::<SisXml>("a.xml", format!("<r>{names}</r>").as_bytes());
    assert!(recorded.codes().contains(&"F013"));
    // A list of values that does not end.
    let list = format!("<r><a><x>1</x><b/>{}</a><a><x>1</x></a></r>", "<x>1</x>".repeat(500));
    let recorded = testkit::import::<SisXml>("a.xml", list.as_bytes());
    assert_eq!((recorded.codes(), recorded.faults.len()), (vec!["F013"; 20].into_iter().chain(["F013"]).collect(), 0));
    // One text of a transcoded file that is longer than memory should hold.
    let long = utf_16(&format!("<r><a k='1'/><a k='2'/><b>{}</b></r>", "y".repeat(17 << 20)), false);
    check_bytes(&long, &["# a", "h k", "1 1", "1 2", "! F013 error 1: a piece of more than 16 MiB; reading stopped here"]);
}

const IEP: &str = r#"<xIndividualizedEducationPlans xmlns="http://www.sifassociation.org/datamodel/na/4.x">
<xIndividualizedEducationPlan refId="P1">
 <iepAdministrativeData><studentRefId>S1</studentRefId><reevaluationDueDate>2027-02-01</reevaluationDueDate></iepAdministrativeData>
 <iepEligibility><ideaDisability><disabilityCodeList>SLD</disabilityCodeList><disabilityCodeList>SLI</disabilityCodeList></ideaDisability></iepEligibility>
 <iepPlan>
  <effectivePeriod><start>2025-09-01</start><end>2026-08-31</end><evaluationDate>2024-02-01</evaluationDate></effectivePeriod>
  <enrollmentGradeLevel><standardGradeLevel>03</standardGradeLevel></enrollmentGradeLevel>
  <annualGoalsList>
   <annualGoal>
    <currentStatus>in progress</currentStatus><goalType><category>Academic</category></goalType>
    <measurableObjectiveList><measurableObjective><identifier>A</identifier><measurement><criterion><description>Reads 80 %</description>
      <metric><accuracyPercentEvaluation>0.8</accuracyPercentEvaluation></metric></criterion></measurement></measurableObjective></measurableObjectiveList>
    <measurableObjectiveList><measurableObjective><measurement><criterion><description>4 of 5</description>
      <metric><trialCountEvaluation><successCount>4</successCount><attemptCount>5</attemptCount></trialCountEvaluation></metric></criterion></measurement></measurableObjective>
     <measurableObjective/></measurableObjectiveList>
    <servicesList><service><type>Communication</type><frequency><cycle><count>3</count><period>week</period></cycle>
      <duration><directMinutes>30</directMinutes></duration></frequency><startDate>2025-09-02</startDate></service></servicesList>
    <progressReportList><progressReport><description>well</description>
      <measurement><dataNames><categoryName>Session</categoryName><valueName>accuracy</valueName></dataNames>
       <dataValuesList><dataValue><category>1</category><value>71.5</value></dataValue></dataValuesList>
       <dataValuesList><dataValue><category>2</category><value>74</value></dataValue><dataValue/></dataValuesList></measurement>
      <status>SatisfactoryProgress</status><date>2025-11-14</date><date>2025-11-15</date></progressReport></progressReportList>
   </annualGoal>
   <annualGoal><goalType><category/></goalType></annualGoal>
   <annualGoal><goalType><additionalInformation>Writes</additionalInformation></goalType></annualGoal>
  </annualGoalsList>
  <placement><environmentForSchoolAge>RC80</environmentForSchoolAge></placement>
 </iepPlan>
</xIndividualizedEducationPlan>
<xIndividualizedEducationPlan refId="P2"><iepPlan><annualGoalsList><annualGoal/></annualGoalsList></iepPlan></xIndividualizedEducationPlan>
</xIndividualizedEducationPlans>"#;

#[test]
fn an_iep_of_sif() {
    check(
        IEP,
        &[
            "! F016 warning 22: date",
            "# plan",
            "2 plan_ref=P1 student_ref=S1 plan_start=2025-09-01 plan_end=2026-08-31 evaluation_date=2024-02-01 reevaluation_due=2027-02-01 \
             disability=SLD placement=RC80 grade=03",
            "# goal",
            "9 student_ref=S1 plan_ref=P1 goal_ref=P1 goal 1 goal_number=1 goal_area=Academic goal_text=Reads 80 % goal_status=in progress",
            "11 student_ref=S1 plan_ref=P1 goal_ref=P1 goal 1 objective 1 parent_ref=P1 goal 1 goal_number=A goal_area=Academic \
             goal_text=Reads 80 % criterion=Reads 80 % target=0.8 unit=percent",
            "13 student_ref=S1 plan_ref=P1 goal_ref=P1 goal 1 objective 2 parent_ref=P1 goal 1 goal_number=1.2 goal_area=Academic \
             goal_text=4 of 5 criterion=4 of 5 target=4/5",
            "25 student_ref=S1 plan_ref=P1 goal_ref=P1 goal 3 goal_number=3 goal_text=Writes",
            "# report",
            "18 student_ref=S1 plan_ref=P1 goal_ref=P1 goal 1 report_date=2025-11-14 report_code=SatisfactoryProgress description=well",
            "# point",
            "20 student_ref=S1 plan_ref=P1 goal_ref=P1 goal 1 measure=accuracy date=2025-11-14 session=1 score=71.5",
            "21 student_ref=S1 plan_ref=P1 goal_ref=P1 goal 1 measure=accuracy date=2025-11-14 session=2 score=74",
            "# service",
            "16 student_ref=S1 plan_ref=P1 service=Communication amount=30 minutes frequency=3 per week service_begin=2025-09-02",
        ],
    );
}

#[test]
fn plans_of_other_makes() {
    // The latest period; the only objective's criterion is the goal's; a prefix; a transfer with its student.
    check(
        "<s:xTransferIep xmlns:s='x' xmlns:xsi='i' refId='T'><s:referenceObjects><s:student refId='S'><s:localId>01</s:localId></s:student></s:referenceObjects>\
         <s:iep><s:iepPlan><s:effectivePeriod><s:start>2024-09-01</s:start></s:effectivePeriod><s:effectivePeriod><s:start>2025-09-01</s:start>\
         <s:end xsi:nil='true'>2026-01-01</s:end></s:effectivePeriod><s:annualGoalsList><s:annualGoal><s:measurableObjectiveList><s:measurableObjective>\
         <s:measurement><s:criterion><s:metric><s:accuracyPercentEvaluation>90</s:accuracyPercentEvaluation></s:metric></s:criterion></s:measurement>\
         </s:measurableObjective></s:measurableObjectiveList></s:annualGoal></s:annualGoalsList></s:iepPlan></s:iep></s:xTransferIep>",
        &[
            "# student",
            "1 student_ref=S local_id=01",
            "! F016 warning 1: several effectivePeriod; the latest one was used",
            "# plan",
            "1 plan_ref=T student_ref=S plan_start=2025-09-01",
            "# goal",
            "1 student_ref=S plan_ref=T goal_ref=T goal 1 goal_number=1 target=90 unit=percent",
            "1 student_ref=S plan_ref=T goal_ref=T goal 1 objective 1 parent_ref=T goal 1 goal_number=1.1 target=90 unit=percent",
        ],
    );
}

#[test]
fn people_of_sif() {
    check(
        "<e>\n<xStudent refId='S1'><name><familyName>Huber</familyName><givenName>Hilel</givenName><middleName/></name>\
         <otherIds><otherId><type>District</type><id>0625</id></otherId><otherId><type>State</type><id>0836</id></otherId></otherIds>\
         <demographics><birthDate>1999-19-12</birthDate></demographics><enrollment><schoolRefId>X</schoolRefId><entryDate>2016-08-24</entryDate>\
         <gradeLevel>03</gradeLevel></enrollment><otherEnrollments><enrollment><exitDate>2015-06-01</exitDate></enrollment></otherEnrollments></xStudent>\n\
         <xStudent refId='S2'/>\n\
         <StudentPersonal RefId='S3'><LocalId>P1</LocalId><StateProvinceId>W1</StateProvinceId><Name Type='04'><LastName>Student</LastName>\
         <FirstName>Joe</FirstName></Name></StudentPersonal>\n\
         <StudentSchoolEnrollment RefId='E' StudentPersonalRefId='S3' SchoolInfoRefId='X' SchoolYear='2004'><EntryDate>2004-01-29</EntryDate>\
         <GradeLevel><Code>10</Code></GradeLevel></StudentSchoolEnrollment></e>",
        &[
            "# student",
            "2 student_ref=S1 state_id=0836 local_id=0625 last_name=Huber first_name=Hilel birth_date=1999-19-12 grade=03 entry_date=2016-08-24",
            "2 student_ref=S1 exit_date=2015-06-01",
            "4 student_ref=S3 state_id=W1 local_id=P1 last_name=Student first_name=Joe",
            "5 student_ref=S3 grade=10 school_year=2004 entry_date=2004-01-29",
        ],
    );
}

#[test]
fn programs_of_sif() {
    check(
        "<e>\n<StudentParticipation RefId='R' StudentPersonalRefId='S'><ProgramType><Code>0270</Code></ProgramType>\
         <ExceptionalityCategories><ExceptionalityCategory><Code>2134</Code><ExceptionalityPriority>Secondary</ExceptionalityPriority></ExceptionalityCategory>\
         <ExceptionalityCategory><Code>2121</Code><ExceptionalityPriority>Primary</ExceptionalityPriority></ExceptionalityCategory></ExceptionalityCategories>\
         <ProgramPlanDate>2006-01-02</ProgramPlanDate><ProgramReviewDate>2007-01-09</ProgramReviewDate><LeastRestrictiveEnvironment><Code>0135</Code>\
         </LeastRestrictiveEnvironment><CaseManager>C</CaseManager></StudentParticipation>\n\
         <StudentParticipation RefId='Q' StudentPersonalRefId='S'><ProgramType><Code>3200</Code></ProgramType><ProgramPlanDate>2006-01-02</ProgramPlanDate></StudentParticipation>\n\
         <StudentPlacement RefId='A' StudentParticipationRefId='R' StudentPersonalRefId='S'><Service><Code>0290</Code></Service><ServiceSetting><Code>0356</Code></ServiceSetting>\
         <StartDate>2006-02-01</StartDate><FrequencyTime><Code>S001</Code></FrequencyTime><DirectTime UnitOfMeasure='Minutes'>60</DirectTime></StudentPlacement></e>",
        &[
            "# plan",
            "2 plan_ref=R student_ref=S meeting_date=2006-01-02 annual_review_due=2007-01-09 disability=2121 placement=0135 case_manager=C",
            "! H004 info 3: StudentParticipation in a program that is not special education",
            "# service",
            "4 student_ref=S plan_ref=R service=0290 amount=60 minutes frequency=S001 service_begin=2006-02-01 location=0356",
        ],
    );
}

#[test]
fn messages_of_sif() {
    check(
        "<SIF_Message Version='2'><SIF_Event><SIF_Header><SIF_MsgId>1</SIF_MsgId></SIF_Header><SIF_ObjectData>\n\
         <SIF_EventObject ObjectName='StudentPersonal' Action='Delete'><StudentPersonal RefId='1'><LocalId>1</LocalId></StudentPersonal></SIF_EventObject>\n\
         <SIF_EventObject ObjectName='StudentPersonal' Action='Add'><StudentPersonal RefId='2'><LocalId>2</LocalId></StudentPersonal></SIF_EventObject>\
         </SIF_ObjectData><SIF_MorePackets>Yes</SIF_MorePackets></SIF_Event></SIF_Message>",
        &[
            "! H004 info 2: an event that deletes an object",
            "! F016 warning 3: one packet of a larger set",
            "# student",
            "3 student_ref=2 local_id=2",
        ],
    );
    check(
        "<soap:Envelope xmlns:soap='s'><soap:Header><EventAction>Delete</EventAction></soap:Header><soap:Body><Event><StudentPersonal RefId='1'>\
         <LocalId>1</LocalId></StudentPersonal></Event></soap:Body></soap:Envelope>",
        &["! H004 info 1: an event that deletes an object", "! F010 info 0: no row"],
    );
}

/// Every row of the cut file is a row of the whole, in order; nothing panics.
fn cut(whole: &[u8]) {
    let all = testkit::import::<SisXml>("a.xml", whole);
    for end in (0..whole.len()).step_by(97) {
        let part = testkit::import::<SisXml>("a.xml", &whole[..end]);
        assert_eq!(part.faults, Vec::<String>::new(), "cut at {end}");
        assert!(part.result.as_ref().map_or_else(|error| error.status, |()| 0) != 7, "cut at {end}");
        for table in part.tables.iter().filter(|table| !table.columns.is_empty() && table.name != "diagnostics") {
            let full = all.table(&table.name).map(|table| &table.rows[..]).unwrap_or_default();
            assert_eq!(table.rows[..], full[..table.rows.len()], "cut at {end}");
        }
    }
}

#[test]
fn cut_anywhere() {
    cut(IEP.as_bytes());
    cut(DISTRICT.as_bytes());
    cut(&utf_16(DISTRICT, true));
    // Rows of a grid are a prefix as long as the cut file shows which elements are rows.
    let mut xml = String::from("<S><District id='1'>");
    for student in 0..40 {
        xml.push_str(&format!("<Student id='{student}'><Goal id='é'><Target>5</Target>\n"));
        for point in 0..5 {
            xml.push_str(&format!("<DataPoint date='2025-09-0{point}' value='é{point}'/>\n"));
        }
        xml.push_str("</Goal></Student>");
    }
    xml.push_str("</District></S>");
    let name = "District › Student › Goal › DataPoint";
    let all = rows(&testkit::import::<SisXml>("a.xml", xml.as_bytes()), name);
    assert_eq!(all.len(), 201);
    for end in (1000..xml.len()).step_by(97) {
        let part = testkit::import::<SisXml>("a.xml", &xml.as_bytes()[..end]);
        assert_eq!(part.codes(), ["F006"], "cut at {end}");
        let part = rows(&part, name);
        assert_eq!(part[..], all[..part.len()], "cut at {end}");
        assert!(part.len() > 10);
    }
}

#[test]
fn stops_when_the_host_says_so() {
    let recorded = testkit::import_until::<SisXml>("a.xml", DISTRICT.as_bytes(), 2);
    assert_eq!(recorded.result.map_err(|error| error.status), Err(1));
    assert_eq!(recorded.faults, Vec::<String>::new());
}

#[test]
fn names_without_controls() {
    check("<r><a\0b k='1'/><a\0b k='2'/></r>", &["# ab", "h k", "1 1", "1 2"]);
}

#[test]
fn what_a_sif_file_holds_beside_records() {
    // Objects without goals or points come as rows of their own.
    check(
        "<e><xStudent refId='1'><localId>1</localId></xStudent><StudentScoreSets><StudentScoreSet RefId='a' StudentPersonalRefId='1'><Scores>\
         <Score><ScoreValue>25</ScoreValue></Score></Scores></StudentScoreSet></StudentScoreSets></e>",
        &[
            "# student",
            "1 student_ref=1 local_id=1",
            "# StudentScoreSets › StudentScoreSet",
            "h RefId|StudentPersonalRefId|Score ScoreValue",
            "1 a|1|25",
        ],
    );
}

#[test]
fn long_names_and_references() {
    let (name, value) = ("n".repeat(2 << 20), "v".repeat(1 << 20));
    let xml = format!("<r><{name} {name}='1'/><{name} {name}='2'/></{name}></r>");
    let recorded = testkit::import::<SisXml>("a.xml", xml.as_bytes());
    assert_eq!((recorded.codes(), recorded.faults.len(), recorded.rows), (vec!["F006"], 0, 4));
    let xml = format!(
        "<e><xIndividualizedEducationPlan refId='{value}'><iepPlan><annualGoalsList><annualGoal><currentStatus>{value}</currentStatus>\
         <goalType><category>{value}v</category></goalType></annualGoal></annualGoalsList></iepPlan></xIndividualizedEducationPlan></e>"
    );
    let recorded = testkit::import::<SisXml>("a.xml", xml.as_bytes());
    assert_eq!((recorded.codes(), recorded.faults.len()), (vec!["F013"], 0));
    let goal =
        recorded.table("goal").map(|goal| (goal.cell(0, "goal_ref"), goal.cell(0, "goal_area"), goal.cell(0, "goal_status")));
    assert_eq!(goal, Some((None, None, Some(&*value))));
}
