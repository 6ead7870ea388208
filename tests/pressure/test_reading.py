"""Files as sensors and spreadsheets write them."""

from __future__ import annotations

import re

import pytest

from unknot.errors import InputError
from unknot.pressure import read_trace

PLAIN = "time_s,force_n\n0.0,1.5\n0.1,2.5\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "time_s;force_n\n0,0;1,5\n0,1;2,5\n",
        "time_s\tforce_n\n0,0\t1,5\n0,1\t2,5\n",
        "time_s\tforce_n\n0.0\t1.5\n0.1\t2.5\n",
        "force_n,time_s\n1.5,0.0\n2.5,0.1\n",
        "note,force_n,side,time_s\nx,1.5,left,0.0\n,2.5,,0.1\n",
        "# a comment\n\ntime_s,force_n\n# another\n0.0,1.5\n  # and one\n0.1,2.5\n#end",
        "// a comment\n% another\n" + PLAIN,
        "sep=;\ntime_s;force_n\n0,0;1,5\n0,1;2,5\n",
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        "\ufeff" + PLAIN,
        '"time_s","force_n"\n"0.0","1.5"\n"0.1","2.5"\n',
        '"time_s","force_n"\n"0,0","1,5"\n"0,1","2,5"\n',
        PLAIN.upper(),
        "Time (s),Force [N]\n0.0,1.5\n0.1,2.5\n",
        "time/s,Force / newtons\n0.0,1.5\n0.1,2.5\n",
        " time_s , force_n \n 0.0 , 1.5 \n 0.1 , 2.5 \n",
        "time_s,force_n\n0.0,1.5,\n0.1,2.5,\n",
        "time_s,force_n\n0,+1.5e0\n1e-1,.25E1\n",
        "time_s,force_n,force_kg\n0.0,1.5,9\n0.1,2.5,9\n",
    ],
)
def test_what_can_be_read_for_certain_is_read(text) -> None:
    trace = read_trace(text.encode())
    assert trace.time_s.tolist() == [0.0, 0.1]
    assert trace.force_n.tolist() == [1.5, 2.5]
    assert trace.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_other_encodings_of_spreadsheets_are_read(encoding) -> None:
    assert len(read_trace(f"# Ger\u00e4t\n{PLAIN}".encode(encoding)).time_s) == 2


@pytest.mark.parametrize("cell", ["", " ", "NaN", "nan", "inf", "-Infinity", "NA", "n/a", "null", "-"])
def test_empty_cells_are_left_out_and_named_by_their_line(cell) -> None:
    trace = read_trace(f"# x\ntime_s,force_n\n0.0,1.5\n0.1,{cell}\n0.2,2.5\n".encode())
    assert trace.warnings == ("left out, no number: line 4",)


def test_a_line_that_breaks_off_is_left_out() -> None:
    assert read_trace(b"time_s,force_n\n0.0,1.5\n0.1").warnings == ("left out, no number: line 3",)


def test_the_clock_of_the_file_stays() -> None:
    trace = read_trace(b"time_s,force_n\n1700000000.25,1.5\n1700000000.35,2.5\n")
    assert trace.time_s.tolist() == [1700000000.25, 1700000000.35]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty: its first line names the columns time_s and force_n"),
        (b"\n# only this\n", "empty"),
        (b"time_s,force_n\n", "no sample"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        (b"\xff\xfe\x00\xd8x", "not text"),
        (bytes(range(256)), "not text"),
        (b"0.0,1.5\n0.1,2.5\n", "no column `time_s`, in seconds"),
        (b"time_s,weight\n0,1\n", "no column `force_n`, in newtons; the first line names 'time_s', 'weight'"),
        (b"a,b,c,d,e,f,g\n", "'e' and 2 more"),
        (b"time_s,force_kg\n0,1\n", "'force_kg' is in kg: what is wanted is `force_n`, in newtons"),
        (b"time_s,force (lbf)\n0,1\n", "is in lbf: what is wanted is `force_n`"),
        (b"time_s,Force [kN]\n0,1\n", "is in kn: what is wanted"),
        (b"time_s,force_mN\n0,1\n", "is in mn: what is wanted"),
        (b"time_s,force_g\n0,1\n", "is in g: what is wanted"),
        (b"time_ms,force_n\n0,1\n", "is in ms: what is wanted is `time_s`, in seconds"),
        (b"time_min,force_n\n0,1\n", "is in min: what is wanted is `time_s`"),
        (b"time,force_n\n0,1\n", "'time' names no unit"),
        (b"time_s,force_n,force_n\n0,1,2\n", "stands there 2 times"),
        (b"time_s,force_n\n0.0,1.5\n0.2,1.5\n0.1,1.5\n", "jumps back in line 4"),
        (b"time_s,force_n\n0.0,1.5 kg\n", "line 2: '1.5 kg' is no number"),
        (b"time_s,force_n\ns,N\n0.0,1.5\n", "line 2: 's' is no number"),
        (b"time_s,force_n\n2026-01-01T10:00:00,1.5\n", "is no number"),
        (b"time_s,force_n\n0.0,1_5\n", "is no number"),
        (b"time_s;force_n\n0,0;1.234,5\n", "decimal comma"),
        (b"time_s;force_n\n0,0;1,234,5\n", "is no number"),
        (b"time_s;force_n\n0,0;1.5\n", "some numbers have a decimal comma and others a point"),
        (b"time_s,force_n\n0,00,1,50\n", "line 2 has 4 cells for 2 columns"),
        (b'time_s,force_n\n0,"1\n1,2\n', "quotation mark"),
        (b'time_s,force_n\n0,"1"x\n1,2\n', "quotation mark"),
        (b"time_s,force_n\n0,1\n10,2\n20,1\n", "samples lie 10 s apart"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused_in_one_line(content, what) -> None:
    with pytest.raises(InputError, match=re.escape(what)) as refused:
        read_trace(content)
    assert "\n" not in str(refused.value)
