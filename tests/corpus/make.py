"""Writes the corpus: python3 make.py (needs openpyxl 3.1.5, XlsxWriter 3.3.1, xlwt 1.3.0, odfpy 1.4.1, pandas 3.1.1).

Each file is made of a plan, and the tables expected.csv and points.csv are written from the same plan. No output of aimline has
a part in them. All children, ids and schools are invented. With these versions the same bytes come out each time; the files of
LibreOffice (in `later/`) are made only with --office, and are otherwise left as they are."""

import os
import sys

from corpus import (
    anatomy, anatomy_below, anatomy_cells, anatomy_dates, containers, identity, later, layouts, layouts_tabs, layouts_wide, plan, waiting,
)

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    office = "--office" in sys.argv
    files = os.path.join(HERE, "files")
    total = 0
    for module in (containers, anatomy, anatomy_below, anatomy_cells, anatomy_dates, layouts, layouts_tabs, layouts_wide, identity, later):
        cases = module.all_cases(office) if module is later else module.all_cases()
        for case, data in cases:
            path = os.path.join(files, case.file)
            if data is None:
                assert os.path.exists(path), f"{case.file}: run with --office"
                continue
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as out:
                out.write(data)
            total += len(data)
    for name, data in identity.companions():
        path = os.path.join(files, "with", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(data)
    waiting.mark(plan.CASES)
    plan.write_tables(HERE)
    print(f"{len(plan.CASES)} files, {total // 1024} kB, {sum(len(case.points) for case in plan.CASES)} points")


main()
