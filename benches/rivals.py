"""What one would write without aimline, in as few lines as it takes: `python rivals.py polars T1 DATA OUT`.

They know these very files: no header is searched, no id, date order or duplicate is looked at, nothing is set aside.
Prints the number of rows and the sum of the values.
"""

import glob
import os
import sys
import xml.etree.ElementTree as tree

WHO = ["Student ID", "Goal Number", "Goal Area", "Unit", "Baseline", "Target"]


def value(pl, column):
    text = pl.col(column).cast(pl.String)
    part = text.str.split_exact("/", 1)
    share = 100 * part.struct.field("field_0").cast(pl.Float64, strict=False) / part.struct.field("field_1").cast(pl.Float64, strict=False)
    return share.fill_null(text.str.strip_suffix("%").cast(pl.Float64, strict=False)).alias(column)


def day(pl):
    text = pl.col("Date").cast(pl.String)
    return text.str.to_date("%Y-%m-%d", strict=False).fill_null(text.str.to_date("%m/%d/%Y", strict=False)).alias("Date")


def points(pl, frame):
    return frame.select([*WHO[:2], day(pl), value(pl, "Score"), pl.col("Score").cast(pl.String).alias("raw")])


def long_book(pl, path):
    return points(pl, pl.read_excel(path, engine="calamine", infer_schema_length=0))


def wide_book(pl, path):
    frame = pl.read_excel(path, engine="calamine", has_header=False, infer_schema_length=0)  # a date is no header to it
    frame = frame.slice(1).rename(dict(zip(frame.columns, frame.row(0))))
    dates = [name for name in frame.columns if name[:2] == "20"]
    frame = frame.unpivot(dates, index=WHO, variable_name="Date", value_name="Score")
    return points(pl, frame.with_columns(pl.col("Date").str.slice(0, 10)))


def xml(pl, path):
    columns = {name: [] for name in ["Student ID", "Goal Number", "Date", "Score"]}
    student = goal = None
    for event, element in tree.iterparse(path, ("start", "end")):
        if event == "start":
            student = element.get("id") if element.tag == "Student" else student
            goal = element.get("number") if element.tag == "Goal" else goal
        elif element.tag == "DataPoint":
            row = (student, goal, element.findtext("Date"), element.findtext("Score"))
            for column, cell in zip(columns.values(), row):
                column.append(cell)
            element.clear()
        elif element.tag == "Goal":
            element.clear()
    return points(pl, pl.DataFrame(columns))


def polars(task, data, out):
    import polars as pl

    def read_csv(path):
        return points(pl, pl.scan_csv(path, infer_schema=False)).collect()

    read = {"T1": ("csv/*", read_csv), "T2long": ("long/*", long_book), "T2wide": ("wide/*", wide_book), "T3": ("xml/*", xml), "many": ("many/*", read_csv), "columns": ("columns/*", read_csv)}
    if task == "T6":
        kinds = [("a.xlsx", long_book), ("b.xlsx", wide_book), ("c.xml", xml), ("d.csv", read_csv)]
        frames = [make(pl, os.path.join(data, "mix", name)) if make is not read_csv else read_csv(os.path.join(data, "mix", name)) for name, make in kinds]
    else:
        pattern, make = read[task]
        paths = sorted(glob.glob(os.path.join(data, pattern)))
        frames = [make(path) if make is read_csv else make(pl, path) for path in paths]
    table = pl.concat(frames).sort("Student ID", "Goal Number", "Date")
    table.write_parquet(os.path.join(out, "points.parquet"), compression="zstd")
    if task == "T6":
        x = pl.col("Date").dt.epoch("d").cast(pl.Float64) / 7
        slope = (pl.cov(x, "Score") / x.var()).alias("slope")
        table.drop_nulls(["Date", "Score"]).group_by("Student ID", "Goal Number").agg(slope).write_parquet(os.path.join(out, "trends.parquet"))
    return table.height, table["Score"].sum()


def duckdb(task, data, out):
    import duckdb as db

    folders = {"T1": "csv", "many": "many", "columns": "columns"}
    if task not in folders:
        raise SystemExit(3)
    db.sql(f"""copy (select "Student ID", "Goal Number", coalesce(try_strptime("Date", '%Y-%m-%d'), try_strptime("Date", '%m/%d/%Y'))::date as "Date",
        case when "Score" like '%/%' then 100 * try_cast(split_part("Score", '/', 1) as double) / try_cast(split_part("Score", '/', 2) as double)
             else try_cast(rtrim("Score", '%') as double) end as "Score", "Score" as raw
        from read_csv('{data}/{folders[task]}/*.csv', all_varchar = true) order by 1, 2, 3)
        to '{out}/points.parquet' (compression zstd)""")
    return db.sql(f"""select count(*), sum("Score") from '{out}/points.parquet'""").fetchall()[0]


if __name__ == "__main__":
    program, task, data, out = sys.argv[1:]
    rows, total = {"polars": polars, "duckdb": duckdb}[program](task, data, out)
    print(rows, f"{total:.3f}")
