"""Writers of the two XML dialects of the sample district; the same input gives the same bytes.

Dates are `datetime.date` or ISO text, everything else is text or a number that is written as it is. A key that is
absent, None or "" gives no element. No person is described: names and ids come from the caller.
"""
from xml.sax.saxutils import escape, quoteattr

SIF = "http://www.sifassociation.org/datamodel/na/4.x"


def _text(value):
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _leaf(name, value):
    """One element with text, or nothing when there is no value."""
    text = _text(value)
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _group(name, *parts, attributes=""):
    """An element around `parts`, or nothing when all of them are empty."""
    inside = "".join(parts)
    return f"<{name}{attributes}>{inside}</{name}>" if inside else ""


def _attribute(name, value):
    text = _text(value)
    return f" {name}={quoteattr(text)}" if text else ""


def write_sif_iep(path, students, plans):
    """Writes SIF Unity 4.x objects: `xStudents` and `xIndividualizedEducationPlans` in one plain envelope.

    students: a list of dicts with `ref` (the refId, needed), `last_name`, `first_name`, `middle_name`, `local_id`,
        `state_id`, `birth_date`, `sex`, `grade`, `entry_date`, `exit_date`.
    plans: a list of dicts with `ref` (the refId, needed), `student_ref` (a student's `ref`), `plan_start`, `plan_end`,
        `evaluation_date`, `reevaluation_due`, `disability` (a SIF code such as SLD, or a list of them), `grade`,
        `placement` (such as RC80) and `goals`, a list of dicts with
        `area`, `text`, `status` (texts),
        `objectives`: dicts with `identifier`, `description`, and `percent` or `success` with `attempts`,
        `services`: dicts with `type`, `count`, `period` (such as week), `minutes`, `begin`, `end`,
        `reports`: dicts with `date`, `status` (SatisfactoryProgress, UnsatisfactoryProgress, Completed, Other),
            `description`, `measure` (the name of the values) and `values` (a list; they get the categories 1, 2, 3, and
            the importer gives them the date of the report: the schema has no date of its own for a value).

    Goals have no id in this schema; the importer calls the third goal of the plan P `P goal 3`, its second objective
    `P goal 3 objective 2`.
    """
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<DistrictExport xmlns="{SIF}">\n<xStudents>\n')
        for student in students:
            out.write(_student(student))
        out.write("</xStudents>\n<xIndividualizedEducationPlans>\n")
        for plan in plans:
            out.write(_plan(plan))
        out.write("</xIndividualizedEducationPlans>\n</DistrictExport>\n")


def _student(student):
    get = student.get
    return (
        f"<xStudent{_attribute('refId', student['ref'])}>\n"
        + _group(
            "name",
            _leaf("familyName", get("last_name")),
            _leaf("givenName", get("first_name")),
            _leaf("middleName", get("middle_name")),
        )
        + _leaf("localId", get("local_id"))
        + _leaf("stateProvinceId", get("state_id"))
        + _group("demographics", _leaf("sex", get("sex")), _leaf("birthDate", get("birth_date")))
        + _group(
            "enrollment",
            _leaf("entryDate", get("entry_date")),
            _leaf("exitDate", get("exit_date")),
            _leaf("gradeLevel", get("grade")),
        )
        + "\n</xStudent>\n"
    )


def _plan(plan):
    get = plan.get
    codes = get("disability") or []
    codes = [codes] if isinstance(codes, str) else codes
    placement = _group("placement", _leaf("environmentForSchoolAge", get("placement")))
    return (
        f"<xIndividualizedEducationPlan{_attribute('refId', plan['ref'])}>\n"
        + _group(
            "iepAdministrativeData",
            _leaf("studentRefId", get("student_ref")),
            _leaf("reevaluationDueDate", get("reevaluation_due")),
        )
        + _group("iepEligibility", _group("ideaDisability", *(_leaf("disabilityCodeList", code) for code in codes)))
        + "\n<iepPlan>\n"
        + _group(
            "effectivePeriod",
            _leaf("start", get("plan_start")),
            _leaf("end", get("plan_end")),
            _leaf("evaluationDate", get("evaluation_date")),
        )
        + _group("enrollmentGradeLevel", _leaf("standardGradeLevel", get("grade")))
        + "\n"
        + _group("annualGoalsList", *(_goal(goal) for goal in get("goals") or []))
        + placement
        + "\n</iepPlan>\n</xIndividualizedEducationPlan>\n"
    )


def _goal(goal):
    get = goal.get
    return (
        "\n<annualGoal>\n"
        + _leaf("currentStatus", get("status"))
        + _group("goalType", _leaf("category", get("area")), _leaf("additionalInformation", get("text")))
        + _group("measurableObjectiveList", *(_objective(objective) for objective in get("objectives") or []))
        + _group("servicesList", *(_service(service) for service in get("services") or []))
        + _group("progressReportList", *(_report(report) for report in get("reports") or []))
        + "\n</annualGoal>\n"
    )


def _objective(objective):
    get = objective.get
    metric = _group(
        "metric",
        _leaf("accuracyPercentEvaluation", get("percent")),
        _group(
            "trialCountEvaluation", _leaf("successCount", get("success")), _leaf("attemptCount", get("attempts"))
        ),
    )
    criterion = _group("criterion", _leaf("description", get("description")), metric)
    return "\n" + _group("measurableObjective", _leaf("identifier", get("identifier")), _group("measurement", criterion))


def _service(service):
    get = service.get
    return "\n" + _group(
        "service",
        _leaf("type", get("type")),
        _group(
            "frequency",
            _group("cycle", _leaf("count", get("count")), _leaf("period", get("period"))),
            _group("duration", _leaf("directMinutes", get("minutes"))),
        ),
        _leaf("startDate", get("begin")),
        _leaf("endDate", get("end")),
    )


def _report(report):
    get = report.get
    values = [
        _group("dataValue", _leaf("category", number), _leaf("value", value))
        for number, value in enumerate(get("values") or [], start=1)
    ]
    measurement = ""
    if values:
        measurement = _group(
            "measurement",
            _group("dataNames", _leaf("categoryName", "Session"), _leaf("valueName", get("measure"))),
            _group("dataValuesList", *values),
        )
    return "\n" + _group(
        "progressReport",
        _leaf("description", get("description")),
        measurement,
        _leaf("status", get("status")),
        _leaf("date", get("date")),
    )


def write_district_xml(path, goals, district="048078"):
    """Writes an invented export dialect: District > Student > Goal (Baseline, Target) > DataPoint.

    goals: a list of dicts with `student_id`, `school`, `goal_id`, `area`, `unit`, `baseline`, `target` and `points`, a
        list of (date, value) or (date, value, staff). The goals of one student stand together, in any order of
        students. A goal without points is written too. `student_name` is optional: a Name child of Student.

    The importer reads it as one grid of data points with the columns `SISExport vendor`, `SISExport version`, `District id`, `Student id`, `Student school`,
    (`Student Name`,) `Goal id`, `Goal area`, `Goal unit`, `Goal Baseline`, `Goal Target`, `date`, `value`, `staff`; a
    goal without points comes as a row of a second grid with the goal's columns.
    """
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<SISExport vendor="DemoSIS" version="4.2">')
        out.write(f"<District{_attribute('id', district)}>\n")
        open_student = None
        for goal in goals:
            get = goal.get
            if goal["student_id"] != open_student:
                if open_student is not None:
                    out.write("</Student>\n")
                open_student = goal["student_id"]
                out.write(f"<Student{_attribute('id', open_student)}{_attribute('school', get('school'))}>")
                out.write(_leaf("Name", get("student_name")) + "\n")
            keys = (("id", "goal_id"), ("area", "area"), ("unit", "unit"))
            out.write("<Goal" + "".join(_attribute(name, get(key)) for name, key in keys) + ">")
            out.write(_leaf("Baseline", get("baseline")) + _leaf("Target", get("target")) + "\n")
            for point in get("points") or []:
                cells = zip(("date", "value", "staff"), point)
                out.write("<DataPoint" + "".join(_attribute(name, value) for name, value in cells) + "/>\n")
            out.write("</Goal>\n")
        out.write("</Student>\n" if open_student is not None else "")
        out.write("</District></SISExport>\n")
