"""A small policy that pays $100 for each attainment of a premier credential, and a dataset in which ten of them are earned."""

from __future__ import annotations

from pathlib import Path

POLICY = """\
policy: xx/earned
title: What is earned
jurisdiction: US-XX
school_year: 2026-27
sources:
  law:
    title: State Code § 1
definitions:
  attainment:
    is_premier: credential.tier = premier
priority_list:
  list: credential
  when: exam_required
  tiers:
    - premier: kind = license
    - core: otherwise
appropriations:
  fund:
    title: Money for schools
    cite: law (c)
    pay_in_order:
      - earned: prorate
    amounts:
      2024-07-01: $100,000
funding:
  earned:
    cite: law (c)
    claim: attainment
    when: is_premier
    amount: $100
    pay: school.district
    draws_on: fund
    round:
      what: payment
      to: cent
      remainder: largest_remainder
"""

DATASET = """\
title: A small state
as_of: 2026-11-01
made_up: yes
jurisdiction: US-XX
tables:
  area:
    file: areas.csv
  district:
    file: districts.csv
  school:
    file: schools.csv
  credential:
    file: credentials.csv
  endorsement:
    file: endorsements.csv
  student:
    file: students.csv
  attainment:
    file: attainments.csv
"""

LICENSE, BADGE, PLAIN, OPEN = "c1", "c2", "c3", "c4"
"""A premier credential, a core one, one that is not listed, and one of which it is not known."""

TABLES = {
    "areas": "code,name\nUS-XX,State of XX\n",
    "districts": "district_id,name,area\nd1,One,US-XX\nd2,Two,US-XX\n",
    "schools": "school_id,name,district\ns1,High,d1\ns2,Low,d2\n",
    "credentials": "credential_id,name,kind,exam_required\nc1,Nurse,license,yes\nc2,Typist,badge,yes\nc3,Walker,badge,no\nc4,Unknown,license,\n",
    "endorsements": "credential,employer,decision\nc1,Clinic,endorse\nc1,Ward,endorse\nc2,Office,endorse\n",
    "students": "student_id,accountable_school,class_of\n"
    + "".join(f"p{n:02},{'s1' if n < 20 else 's2'},2026\n" for n in range(24)),
    "attainments": "attainment_id,student,credential,grade,school_year,school\n"
    + "".join(f"a{n:02},p{n:02},c1,12,2025-26,s1\n" for n in range(8))
    + "".join(f"a{n:02},p{n + 12:02},c1,12,2025-26,s2\n" for n in range(8, 10))
    + "".join(f"a{n:02},p{n:02},c2,11,2025-26,s1\n" for n in range(10, 14))
    + "a14,p14,c3,11,2025-26,s1\na15,p15,c4,11,2025-26,s1\n",
}
"""Of c1 eight are earned by p00 to p07 at s1, two by p20 and p21 at s2, which has four students. Four are of c2."""


def write_state(folder: Path, **changed: str) -> tuple[Path, Path]:
    """The policy file and the folder of the dataset."""
    policy, data = folder / "earned.yaml", folder / "data"
    data.mkdir(exist_ok=True)
    policy.write_text(changed.get("policy", POLICY), encoding="utf-8")
    (data / "dataset.yaml").write_text(DATASET, encoding="utf-8")
    for name, text in TABLES.items():
        (data / f"{name}.csv").write_text(changed.get(name, text), encoding="utf-8")
    return policy, data
