"""LibreOffice as a writer: a workbook of openpyxl goes in, what LibreOffice makes of it comes out."""

import os
import subprocess
import tempfile

from . import books


def converted(sheets, target, ending):
    """The bytes of a file in another format; `target` as `soffice --convert-to` wants it."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "source.xlsx")
        with open(source, "wb") as out:
            out.write(books.by_openpyxl(sheets))
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", target, "--outdir",
             os.path.join(folder, "made"), source],
            check=True, capture_output=True, timeout=180,
        )
        with open(os.path.join(folder, "made", f"source.{ending}"), "rb") as made:
            return made.read()
