"""What a file may cost: every bound on what comes from outside, in one place.

Each is far above what articles and archives of them need, and low enough that a hostile file is refused within seconds
and without much memory. docs/security.md lists them; a test compares the two.
"""

from __future__ import annotations

from typing import Final

# ---- texts and tables --------------------------------------------------
MOST_CHARACTERS: Final = 2_000_000  # of one article: some 330,000 words, a long novel
MOST_FIELD_CHARACTERS: Final = 1 << 24  # of a field of a table; an article of 200,000 words has about 1,300,000
MOST_TEXT_BYTES: Final = 1 << 26  # of a text file, which is one article or an export of some thousand

# ---- documents ---------------------------------------------------------
MOST_PAGE_BYTES: Final = 1 << 23  # of a web page as it came
MOST_PAGE_CHARACTERS: Final = 1_500_000  # of a web page without scripts and styles; reading 1,000,000 takes 4 s
MOST_RTF_BYTES: Final = 1 << 25  # of a rich-text document, pictures among them
MOST_RTF_CHARACTERS: Final = 1 << 22  # of a rich-text document without its pictures
MOST_PDF_BYTES: Final = 1 << 27
MOST_PDF_PAGES: Final = 1_000
MOST_PDF_PAGE_BYTES: Final = 1 << 20  # of the instructions that draw a page, unpacked; a page of print has 10,000
MOST_PDF_BYTES_DRAWN: Final = 1 << 24  # of all its pages together
MOST_PART_BYTES: Final = 1 << 26  # of one part of a Word, OpenDocument or Excel file, unpacked
MOST_PART_RATIO: Final = 40  # bytes of such a part for each packed; Word's text has up to 25
ALWAYS_UNPACKED_BYTES: Final = 1 << 24  # of a part or a file in an archive, whatever the ratio is
MOST_ELEMENTS: Final = 1_000_000  # of XML; a novel in Word has 100,000
MOST_DEPTH: Final = 200  # elements inside each other in XML

# ---- spreadsheets ------------------------------------------------------
MOST_SHEETS: Final = 100
MOST_ROWS: Final = 1_048_576  # of a sheet, as in Excel
MOST_COLUMNS: Final = 16_384  # of a sheet, as in Excel
MOST_SHEET_BYTES: Final = 1 << 27  # of a sheet of an Excel workbook, unpacked
MOST_REPEATED: Final = 1_000  # rows with words that an OpenDocument sheet gives as one row and a number

# ---- archives ----------------------------------------------------------
MOST_MEMBERS: Final = 100_000  # of an archive, those of archives in it among them
MOST_NESTED: Final = 3  # archives inside each other
MOST_UNPACKED_BYTES: Final = 1 << 32  # of all that an archive holds
MOST_RATIO: Final = 100  # bytes unpacked for each packed; text has 3 to 10, tables up to 50
MOST_PATH_CHARACTERS: Final = 1_000  # of the name of a file in an archive

# ---- web archives ------------------------------------------------------
MOST_RECORD_BYTES: Final = MOST_PAGE_BYTES  # of one capture in a WARC file
