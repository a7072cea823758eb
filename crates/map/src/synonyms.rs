//! What columns are called, in English and Spanish and in the exports of vendors. The first name of a field is the one
//! that people are told to use.

use aimline_model::staged::Field;

/// The titles of a field. Weak ones give way to a column with a better title.
pub(crate) struct Names {
    pub(crate) field: Field,
    pub(crate) strong: &'static [&'static str],
    pub(crate) weak: &'static [&'static str],
}

const fn names(field: Field, strong: &'static [&'static str], weak: &'static [&'static str]) -> Names {
    Names { field, strong, weak }
}

#[rustfmt::skip]
pub(crate) static TABLE: &[Names] = &[
    // Who.
    names(Field::StudentRef, &["Student RefId", "student ref", "student guid", "student personal refid"], &[]),
    names(Field::StudentId, &[
        "Student ID", "student number", "student no", "student num", "student unique id", "student identifier", "student code", "sis id",
        "sis number", "sis student id", "pupil id", "pupil number", "child id", "learner id", "stu id", "stu number", "stu num",
        "id del estudiante", "id estudiante", "estudiante id", "numero de estudiante", "numero del estudiante", "no de estudiante",
        "id del alumno", "numero de alumno", "matricula", "numero de matricula", "student id number", "student id no",
    ], &["id", "identifier", "id number"]),
    names(Field::StateId, &[
        "State ID", "state student id", "state student number", "state student identifier", "state id number", "state number", "state identifier",
        "mosis", "mosis id", "mosis number", "mosis id number", "mosis student id", "mosis state id", "student id mosis", "student mosis id",
        "ssid", "sasid", "student state id", "student state number", "student id state", "student id state id", "state assigned id", "state testing id",
        "student suns", "suns", "suns number", "id estatal", "id estatal del estudiante", "numero estatal", "numero de identificacion estatal", "student state identifier",
    ], &[]),
    names(Field::LocalId, &[
        "Local ID", "local student id", "local student number", "local id number", "local number", "student local id", "student id local",
        "district student id", "student district id", "student id district", "student id district id", "district student number", "lasid",
        "district assigned id", "ps student id", "powerschool id", "power school student id", "id local", "id local del estudiante", "numero local",
    ], &[]),
    names(Field::StudentName, &[
        "Student", "student name", "student full name", "name of student", "students name", "students", "student last first",
        "student name last first", "last name first name", "last first", "last first name", "child", "child name", "childs name", "pupil", "pupil name",
        "learner", "learner name", "estudiante", "estudiantes", "nombre del estudiante", "nombre de estudiante", "nombre estudiante", "alumno", "alumna",
        "nombre del alumno", "nombre de alumno", "nombre completo", "nombre y apellido", "nombre y apellidos", "apellido nombre", "apellidos nombre",
        "apellidos y nombre", "apellidos y nombres", "name last first", "nino", "nombre del nino",
    ], &["name", "full name", "nombre", "nombres"]),
    names(Field::LastName, &[
        "Last Name", "last", "surname", "family name", "lname", "l name", "last nm", "legal last name", "apellido", "apellidos", "primer apellido",
        "apellido del estudiante",
    ], &[]),
    names(Field::FirstName, &["First Name", "first", "given name", "fname", "f name", "first nm", "legal first name", "primer nombre", "nombre de pila"], &[]),
    names(Field::MiddleName, &["Middle Name", "middle", "middle initial", "mi", "m i", "mname", "segundo nombre"], &[]),
    names(Field::BirthDate, &[
        "Birth Date", "birthdate", "birthday", "birth day", "date of birth", "dob", "d o b", "bdate", "fecha de nacimiento", "fecha nacimiento",
        "fecha nac", "nacimiento",
    ], &[]),
    // Where.
    names(Field::District, &[
        "District", "district name", "district code", "district number", "district id", "school district", "lea", "lea name", "lea code", "lea id",
        "county district code", "reporting district", "attending district", "distrito", "distrito escolar", "nombre del distrito", "codigo del distrito",
    ], &[]),
    names(Field::School, &[
        "School", "school name", "school code", "school id", "school number", "building", "building name", "building code", "building id",
        "building number", "attendance center", "attending school", "campus", "school site", "sch", "sch id", "escuela", "nombre de la escuela",
        "plantel", "colegio", "codigo de la escuela",
    ], &["site", "home school"]),
    names(Field::Grade, &[
        "Grade", "grade level", "grade lvl", "gr", "grd", "current grade", "current grade level", "enrolled grade", "enrollment grade", "grado",
        "grado escolar", "grado academico", "nivel de grado", "nivel escolar",
    ], &[]),
    names(Field::SchoolYear, &["School Year", "sy", "academic year", "ano escolar", "ciclo escolar", "ano academico"], &["year"]),
    names(Field::CaseManager, &[
        "Case Manager", "case mgr", "case manager name", "iep case manager", "iep manager", "case carrier", "case coordinator", "teacher of record", "tor",
        "service coordinator", "caseload manager", "caseload teacher", "special education teacher", "special ed teacher", "sped teacher",
        "administrador del caso", "administradora del caso", "coordinador del caso", "coordinadora del caso", "gestor del caso",
        "encargado del caso", "encargada del caso",
    ], &["provider", "manager"]),
    names(Field::Disability, &[
        "Primary Disability", "disability", "disability category", "disability code", "primary disability code", "category of disability", "eligibility",
        "eligibility category", "primary eligibility", "iep eligibility", "exceptionality", "primary exceptionality", "educational disability",
        "educational diagnosis", "discapacidad", "discapacidad primaria", "discapacidad principal", "elegibilidad",
    ], &[]),
    names(Field::Placement, &[
        "Placement", "placement code", "placement category", "educational placement", "sped placement", "iep placement", "educational environment",
        "lre", "lre code", "least restrictive environment", "colocacion", "colocacion educativa", "ambiente educativo", "entorno educativo",
    ], &["setting", "environment"]),
    names(Field::AlternateAssessment, &[
        "MAP-A", "map a eligible", "map a participation", "takes map a", "alternate assessment", "alternate assessment participation",
        "alternate assessment eligible", "alternative assessment", "alt assessment", "alt assmt", "dlm", "evaluacion alternativa", "evaluacion alterna",
    ], &[]),
    names(Field::EntryDate, &[
        "Entry Date", "enrollment date", "enroll date", "date enrolled", "enrollment start date", "date of entry", "fecha de ingreso",
        "fecha de inscripcion", "fecha de entrada",
    ], &[]),
    names(Field::ExitDate, &[
        "Exit Date", "withdrawal date", "withdraw date", "date exited", "date withdrawn", "enrollment end date", "fecha de salida", "fecha de baja",
    ], &[]),
    names(Field::ExitCode, &["Exit Code", "exit reason", "withdrawal code", "withdrawal reason", "codigo de salida", "motivo de salida"], &[]),
    names(Field::HasIep, &[
        "IEP", "has iep", "has an iep", "student has iep", "on iep", "active iep", "iep status", "iep flag", "iep student", "iep y n", "iep yes no", "sped",
        "sped status", "sped flag", "sped y n", "is sped", "special education", "special ed", "special ed status", "special education status",
        "special education flag", "is special education", "receives special education", "in special education", "tiene iep", "educacion especial",
    ], &["swd"]),
    // Plan.
    names(Field::PlanRef, &["IEP ID", "iep number", "iep refid", "plan id", "plan ref", "plan refid", "plan number"], &[]),
    names(Field::IepType, &["IEP Type", "type of iep", "plan type", "tipo de iep"], &[]),
    names(Field::MeetingDate, &[
        "IEP Meeting Date", "iep date", "iep mtg date", "meeting date", "date of meeting", "date of iep", "date of iep meeting", "current iep date",
        "fecha del iep", "fecha de la reunion", "fecha de reunion", "fecha de la reunion del iep",
    ], &[]),
    names(Field::PreviousReviewDate, &[
        "Previous Review Date", "previous annual review", "previous annual review date", "last annual review", "last annual review date", "previous iep date",
    ], &[]),
    names(Field::EvaluationDate, &[
        "Evaluation Date", "most recent evaluation", "most recent evaluation date", "date of most recent evaluation", "last evaluation",
        "last evaluation date", "eligibility date", "eval date",
    ], &[]),
    names(Field::ReevaluationDue, &[
        "Reevaluation Due", "reevaluation due date", "reevaluation date", "re evaluation due", "re evaluation due date", "next reevaluation",
        "reeval due", "reeval due date", "reeval date", "triennial due", "triennial due date", "triennial date", "triennial review date", "3 year reeval",
    ], &[]),
    names(Field::PlanStart, &[
        "IEP Start Date", "iep start", "iep begin date", "iep begin", "iep effective date", "iep initiation date", "initiation date", "plan start date",
        "plan start", "plan begin date", "date iep begins", "fecha de inicio del iep", "inicio del iep",
    ], &[]),
    names(Field::PlanEnd, &[
        "IEP End Date", "iep end", "iep ends", "iep expiration date", "iep expires", "plan end date", "plan end", "fecha de fin del iep", "fin del iep",
        "vencimiento del iep",
    ], &[]),
    names(Field::AnnualReviewDue, &[
        "Annual Review Due", "annual review due date", "annual review date", "annual review", "annual iep due", "annual iep due date", "annual due",
        "iep due", "iep due date", "next annual review", "next annual review date", "next iep date", "revision anual", "fecha de revision anual",
    ], &[]),
    names(Field::ProvidedDate, &["Date Provided to Parent", "copy provided date", "provided to parent date", "date copy provided"], &[]),
    names(Field::Schedule, &["Reporting Schedule", "progress report schedule", "progress reporting schedule", "report schedule"], &[]),
    names(Field::Esy, &["ESY", "extended school year", "extended school year services", "esy eligible"], &[]),
    names(Field::AmendmentDate, &["Amendment Date", "date of amendment", "iep amendment date", "fecha de enmienda"], &[]),
    // Goal.
    names(Field::GoalRef, &["Goal RefId", "goal ref", "goal guid"], &[]),
    names(Field::ParentRef, &["Parent Goal ID", "parent goal", "parent goal number", "parent goal refid"], &[]),
    names(Field::GoalNumber, &[
        "Goal ID", "goal number", "goal no", "goal num", "goal nbr", "goal id number", "goal code", "iep goal id", "iep goal number", "annual goal number",
        "annual goal id", "objective number", "objective id", "objective no", "no de meta", "numero de meta", "numero de la meta", "num de meta", "meta no", "meta numero",
        "meta number", "id de la meta", "id de meta", "numero de objetivo", "numero del objetivo", "no de objetivo",
    ], &["goal", "iep goal", "objective", "meta", "objetivo", "goals"]),
    names(Field::GoalArea, &[
        "Goal Area", "area", "iep goal area", "goal domain", "domain", "skill area", "skill domain", "subject", "subject area", "content area",
        "academic area", "area of need", "area of concern", "goal category", "area de la meta", "area de meta", "area academica", "area de necesidad",
        "dominio", "materia", "asignatura",
    ], &["skill", "target area", "goal type", "habilidad"]),
    names(Field::GoalText, &[
        "Goal Statement", "goal text", "goal description", "goal wording", "annual goal", "annual goals", "measurable annual goal",
        "annual measurable goal", "annual goal statement", "annual goal text", "measurable goal", "iep goal text", "iep goal statement", "iep goal description",
        "objective text", "objective statement", "objective description", "meta anual", "objetivo anual", "texto de la meta", "descripcion de la meta",
        "enunciado de la meta", "meta anual medible", "objetivo anual medible", "description of goal",
    ], &["goal name", "goal title"]),
    names(Field::Methods, &[
        "Method of Measurement", "methods of measurement", "measurement method", "how measured", "how progress is measured", "progress measured by",
        "evaluation method", "metodo de medicion", "metodo de evaluacion",
    ], &["method", "methods", "metodo"]),
    names(Field::GoalBegin, &["Goal Start Date", "goal start", "goal begin date", "goal begin", "date goal begins", "inicio de la meta", "fecha de inicio de la meta"], &[]),
    names(Field::GoalEnd, &["Goal End Date", "goal end", "date goal ends", "fin de la meta", "fecha de fin de la meta"], &[]),
    names(Field::GoalStatus, &["Goal Status", "status of goal", "estado de la meta"], &[]),
    names(Field::Baseline, &[
        "Baseline", "base line", "baseline score", "baseline value", "baseline level", "baseline data", "baseline performance", "baseline percent", "goal baseline",
        "present level", "present levels", "present level of performance", "plop", "plaafp", "starting score", "starting level", "starting point",
        "starting value", "start value", "start score", "initial score", "initial level", "beginning score", "beginning level", "linea base",
        "linea de base", "nivel inicial", "nivel actual", "puntaje inicial", "valor inicial",
    ], &["current level", "current performance", "base"]),
    names(Field::BaselineDate, &[
        "Baseline Date", "date of baseline", "baseline data date", "baseline score date", "baseline collected", "present level date", "fecha de linea base",
        "fecha de la linea base", "fecha de linea de base", "fecha de la linea de base",
    ], &[]),
    names(Field::Target, &[
        "Target", "target score", "target value", "target level", "target performance", "target percent", "goal score", "goal target", "goal value",
        "goal level", "goal percent", "goal target score", "annual target", "year end goal", "year end target", "end of year goal", "end of year target", "eoy goal",
        "eoy target", "ending score", "expected level", "expected score", "numeric goal", "aim", "mastery level", "mastery score", "objective score",
        "meta final", "puntaje meta", "puntaje objetivo", "valor meta", "valor objetivo", "meta numerica", "nivel esperado", "puntaje esperado",
        "puntaje de la meta",
    ], &[]),
    names(Field::TargetDate, &[
        "Target Date", "goal date", "goal due date", "goal target date", "target completion date", "anticipated completion date", "expected completion date",
        "date to be achieved", "fecha meta", "fecha limite", "fecha objetivo", "fecha de la meta", "fecha de cumplimiento",
    ], &["due date", "expected date"]),
    names(Field::Criterion, &[
        "Criterion", "criteria", "mastery criterion", "mastery criteria", "mastery", "criteria for mastery", "criterion for mastery", "goal criterion",
        "goal criteria", "target criteria", "target criterion", "criterio", "criterios", "criterio de dominio", "criterio de logro",
    ], &[]),
    // Measure.
    names(Field::Measure, &[
        "Measure", "measure name", "measurement", "probe", "probe name", "probe type", "assessment", "assessment name", "assessment type", "test",
        "test name", "subtest", "instrument", "cbm", "target behavior", "target skill", "medida", "nombre de la medida", "prueba", "nombre de la prueba",
        "instrumento", "conducta objetivo",
    ], &["task", "behavior", "conducta", "tarea"]),
    names(Field::Unit, &[
        "Unit", "units", "unit of measure", "unit of measurement", "measurement unit", "goal unit", "score unit", "score type", "type of data", "data type",
        "data recorded as", "measured in", "metric", "unidad", "unidades", "unidad de medida", "tipo de dato", "tipo de datos",
    ], &[]),
    names(Field::Level, &[
        "Probe Level", "level", "probe grade", "probe grade level", "passage level", "passage grade", "form level", "form grade", "grade level of probe", "grade of probe",
        "instructional level", "text level", "reading level", "book level", "test level", "assessment grade", "monitoring level", "monitoring grade",
        "nivel", "nivel de la prueba", "nivel del pasaje", "nivel del texto", "nivel de lectura",
    ], &[]),
    names(Field::Direction, &["Direction", "goal direction", "desired direction", "increase or decrease", "increase decrease", "direccion"], &[]),
    // Data point.
    names(Field::Date, &[
        "Date", "session date", "date of session", "observation date", "date of observation", "date observed", "date collected", "date of collection",
        "collection date", "data collection date", "data date", "date of data", "data point date", "date recorded", "recorded date", "assessment date",
        "date of assessment", "date assessed", "test date", "score dt", "test dt", "assessment dt", "date of test", "date tested", "probe date", "date of probe", "score date", "date of score",
        "date administered", "administration date", "date of administration", "date given", "date taken", "event date", "monitoring date",
        "progress monitoring date", "service date", "date of service", "fecha", "fecha de la sesion", "fecha de sesion", "fecha de observacion",
        "fecha de la observacion", "fecha de la prueba", "fecha de prueba", "fecha de recoleccion", "fecha del dato",
    ], &["week of", "week beginning", "week", "dia", "client date", "test completion date", "completion date", "timestamp", "date entered", "entered date", "fecha de registro", "marca temporal", "semana", "semana del"]),
    names(Field::Session, &[
        "Session", "session number", "session no", "session num", "trial number", "probe number", "data point number", "observation number", "week number",
        "sesion", "numero de sesion", "no de sesion", "sesion no", "sesion number",
    ], &["data point", "trial", "ensayo"]),
    names(Field::Score, &[
        "Score", "scores", "result", "results", "value", "data value", "data point value", "probe score", "session score", "obtained score", "observed score",
        "observed value", "test score", "assessment score", "measured value", "puntaje", "puntuacion", "valor", "resultado", "resultados", "calificacion",
    ], &[
        "data", "datos", "dato", "percent", "percentage", "percent correct", "percentage correct", "percent accuracy", "percent score", "accuracy", "pct",
        "pct correct", "porcentaje", "porcentaje correcto", "porcentaje de aciertos", "por ciento", "precision", "wcpm", "cwpm", "wpm", "wrcm", "wcm",
        "words correct per minute", "correct words per minute", "words per minute", "words read correctly per minute", "words read correctly",
        "palabras por minuto", "palabras correctas por minuto", "pcpm", "rate", "count", "tally", "rating", "rubric", "rubric score", "points", "puntos",
        "raw score", "total score", "performance", "desempeno", "puntaje bruto", "dcpm", "cdpm", "digits correct per minute",
        "correct digits per minute", "digits correct", "correct digits", "cws", "correct word sequences", "correct writing sequences",
        "tww", "total words written", "wsc", "words spelled correctly", "cls", "correct letter sequences", "lspm", "clspm",
        "letter sounds per minute", "correct letter sounds per minute", "lnf", "letters named per minute", "incidents", "number of incidents",
        "occurrences", "number of occurrences", "incidentes",
    ]),
    names(Field::Correct, &[
        "Correct", "number correct", "num correct", "no correct", "number of correct", "correct count", "correct responses", "correct items",
        "correct answers", "items correct", "responses correct", "total correct", "words correct", "trials correct", "successful trials", "successes",
        "number of correct responses", "aciertos", "numero de aciertos", "correctas", "correctos", "respuestas correctas",
    ], &[]),
    names(Field::Trials, &[
        "Trials", "number of trials", "number trials", "num trials", "total trials", "trial count", "opportunities", "number of opportunities",
        "number opportunities", "total opportunities", "out of", "attempts", "number of attempts", "total items", "number of items", "points possible", "total possible",
        "possible", "denominator", "ensayos", "oportunidades", "intentos", "numero de ensayos", "numero de oportunidades", "numero de intentos",
        "de un total de",
    ], &["items"]),
    names(Field::Minutes, &[
        "Minutes", "observation minutes", "minutes observed", "minutes of observation", "obs minutes", "duration of observation", "observation duration",
        "observation length", "length of observation", "session minutes", "session length", "length of session", "session duration", "time observed", "duration minutes",
        "minutos", "minutos de observacion", "minutos observados", "duracion de la observacion", "duracion de la sesion",
    ], &[]),
    names(Field::Phase, &[
        "Phase", "phase label", "phase name", "intervention", "intervention name", "intervention phase", "condition", "treatment", "strategy", "fase",
        "intervencion", "condicion", "tratamiento", "estrategia",
    ], &[]),
    names(Field::Form, &[
        "Form", "form number", "form id", "form name", "probe form", "probe id", "passage", "passage number", "passage id", "passage name", "passage title", "story", "forma", "pasaje",
        "numero de pasaje",
    ], &[]),
    names(Field::PromptLevel, &[
        "Prompt Level", "prompt", "prompts", "prompting", "prompting level", "prompt type", "level of prompting", "level of prompt", "cue level", "cueing", "support level",
        "level of support", "assistance level", "level of assistance", "independence level", "level of independence", "nivel de apoyo", "nivel de ayuda",
        "apoyo", "ayuda",
    ], &[]),
    names(Field::Staff, &[
        "Staff", "staff name", "staff member", "staff initials", "recorded by", "collected by", "data collector", "collector", "observer", "entered by",
        "administered by", "assessor", "examiner", "evaluator", "tester", "therapist", "slp", "service provider", "interventionist", "initials",
        "registrado por", "recolectado por", "observador", "observadora", "evaluador", "evaluadora", "personal", "terapeuta", "assessed by",
    ], &["teacher", "teacher name", "maestro", "maestra", "profesor", "profesora", "docente"]),
    names(Field::Note, &[
        "Notes", "note", "comments", "comment", "remarks", "remark", "observations", "anecdotal notes", "anecdotal", "session notes", "teacher comments",
        "additional notes", "notas", "nota", "comentarios", "comentario", "observaciones",
    ], &[]),
    // Progress report.
    names(Field::ReportDate, &["Report Date", "date of report", "progress report date", "reporting date", "fecha del informe", "fecha de informe"], &[]),
    names(Field::ReportPeriod, &[
        "Reporting Period", "report period", "progress period", "marking period", "grading period", "quarter", "term", "periodo", "periodo de informe", "trimestre",
    ], &[]),
    names(Field::ReportCode, &[
        "Progress Code", "progress report code", "report code", "progress status", "progress toward goal", "progress rating", "codigo de progreso",
    ], &["progress", "progreso"]),
    names(Field::Description, &[
        "Progress Description", "description of progress", "progress narrative", "progress comments", "descripcion del progreso",
    ], &["description", "descripcion"]),
    // Service.
    names(Field::Service, &["Service", "service name", "service type", "related service", "servicio"], &[]),
    names(Field::Amount, &["Service Amount", "service minutes"], &["amount"]),
    names(Field::Frequency, &["Service Frequency"], &["frequency", "frecuencia"]),
    names(Field::Location, &["Service Location"], &["location", "lugar", "ubicacion"]),
    names(Field::ServiceBegin, &["Service Start Date", "service begin date", "service start"], &[]),
    names(Field::ServiceEnd, &["Service End Date", "service end"], &[]),
];

/// The title that people are told to use for a field.
#[must_use]
pub fn label(field: Field) -> &'static str {
    TABLE.iter().find(|names| names.field == field).map_or_else(|| field.name(), |names| names.strong[0])
}

/// The unit that a title of scores names, in the words of the unit column.
pub(crate) fn unit_of_title(title: &str) -> Option<&'static str> {
    Some(match title {
        "percent"
        | "percentage"
        | "percent correct"
        | "percentage correct"
        | "percent accuracy"
        | "percent score"
        | "accuracy"
        | "pct"
        | "pct correct"
        | "porcentaje"
        | "porcentaje correcto"
        | "porcentaje de aciertos"
        | "por ciento"
        | "precision" => "percent",
        "wcpm"
        | "cwpm"
        | "wrcm"
        | "wcm"
        | "pcpm"
        | "words correct per minute"
        | "correct words per minute"
        | "words read correctly per minute"
        | "palabras correctas por minuto" => "wcpm",
        "dcpm" | "cdpm" | "digits correct per minute" | "correct digits per minute" => "dcpm",
        "digits correct" | "correct digits" => "digits correct",
        "cws" | "correct word sequences" | "correct writing sequences" => "cws",
        "tww" | "total words written" => "total words written",
        "wsc" | "words spelled correctly" => "words spelled correctly",
        "cls" | "correct letter sequences" => "correct letter sequences",
        "lspm" | "clspm" | "letter sounds per minute" | "correct letter sounds per minute" => "letter sounds per minute",
        "incidents" | "number of incidents" | "occurrences" | "number of occurrences" | "incidentes" => "incidents",
        "count" | "tally" => "count",
        "rating" | "rubric" | "rubric score" => "rubric",
        _ => return None,
    })
}

/// True for what stands in parentheses after "Score" and is a unit.
pub(crate) fn is_unit(text: &str) -> bool {
    if text.starts_with('/') {
        return true;
    }
    let plain = crate::title::plain(text);
    unit_of_title(&plain).is_some()
        || matches!(
            plain.as_str(),
            "wpm"
                | "words per minute"
                | "trials"
                | "ratio"
                | "fraction"
                | "correct"
                | "minutes"
                | "minute"
                | "min"
                | "mins"
                | "seconds"
                | "sec"
                | "secs"
                | "words"
                | "errors"
                | "incidents"
                | "occurrences"
                | "level"
                | "levels"
                | "points"
                | "pts"
                | "per minute"
                | "frequency"
                | "duration"
                | "correct per minute"
                | "cpm"
                | "digits correct"
                | "dcpm"
                | "cws"
                | "letters"
                | "sounds"
                | "clpm"
                | "clspm"
                | "minutos"
                | "segundos"
                | "palabras"
                | "puntos"
                | "scale score"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::title::normalize;
    use std::collections::BTreeMap;

    #[test]
    fn no_title_belongs_to_two_fields() {
        let (mut seen, mut squashed) = (BTreeMap::new(), BTreeMap::new());
        for names in TABLE {
            for name in names.strong.iter().chain(names.weak) {
                let title = normalize(name);
                assert!(title.unit.is_none(), "{name} is read as a title with a unit");
                if let Some(other) = squashed.insert(title.text.replace(' ', ""), names.field) {
                    assert_eq!(other, names.field, "{name} also belongs to {other:?}");
                }
                let other = seen.insert(title.text.clone(), names.field);
                assert_eq!(other, None, "{name} stands twice");
            }
        }
    }

    #[test]
    fn each_field_has_one_entry() {
        for (at, names) in TABLE.iter().enumerate() {
            assert!(TABLE[at + 1..].iter().all(|other| other.field != names.field), "{:?}", names.field);
        }
    }
}
