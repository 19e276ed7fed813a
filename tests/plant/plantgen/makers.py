"""Makers of column values: each returns a function of the row under construction.

The row (`Row`) offers `rnd()` (random number), `i` (row number from 1), `e` (the entity a master table lists), `v`
(the values made so far) and `pick(kind)` (an entity of the world, the same one throughout a row).
"""

import datetime
import json

from . import identity, people, texts

_EPOCH = datetime.date(2012, 1, 1)
_DAYS = tuple((_EPOCH + datetime.timedelta(n)).isoformat() for n in range(8400))
_PLACE = {day: n for n, day in enumerate(_DAYS)}


class Row:
    """State of the row being made; one object a table, reset for every row."""

    __slots__ = ("rng", "rnd", "world", "counts", "i", "n", "e", "v", "_picked")

    def __init__(self, rng, world, counts, n):
        self.rng, self.rnd, self.world, self.counts, self.n = rng, rng.random, world, counts, n
        self.i, self.e, self.v, self._picked = 0, None, {}, {}

    def reset(self, number, entity):
        self.i, self.e, self.v = number, entity, {}
        if self._picked:
            self._picked = {}

    def pick(self, kind):
        one = self._picked.get(kind)
        if one is None:
            pool = self.world.pool(kind.partition(":")[0])      # "employee:2" is a second employee of the row
            one = self._picked[kind] = pool[int(self.rnd() * len(pool))]
        return one

    def hold(self, kind, one):
        """Lets `pick(kind)` give this entity for the rest of the row."""
        self._picked[kind] = one
        return one


def fn(function):
    """Any function of the row; named so that declarations read evenly."""
    return function


def const(value):
    return lambda r: value


def null():
    return lambda r: None


def pick(*values):
    count = len(values)
    return lambda r: values[int(r.rnd() * count)]


def weigh(**shares):
    return pick(*[value for value, share in shares.items() for _ in range(share)])


def mostly(common, share, *rare):
    count = len(rare)
    return lambda r: common if r.rnd() < share else rare[int(r.rnd() * count)]


def num(low, high):
    span = high - low + 1
    return lambda r: low + int(r.rnd() * span)


def dec(low, high, places=2):
    span = high - low
    return lambda r: round(low + r.rnd() * span, places)


def gauss(mean, spread, places=3):
    return lambda r: round(mean + (r.rnd() + r.rnd() + r.rnd() - 1.5) * 2 * spread, places)


def skew(top, places=2):
    """Many small values, few large ones, as money and quantities are."""
    return lambda r: round(top * r.rnd() ** 3 + 1, places)


def seq(start=1, step=1):
    return lambda r: start + (r.i - 1) * step


def gap_seq():
    """Keys with holes: about two in five numbers are missing, and a large hole after the first tenth."""
    return lambda r: r.i * 5 // 3 + (90000 if r.i > r.n // 10 else 0)


def code(pattern, start=1):
    return lambda r: pattern % (start + r.i - 1)


def rcode(pattern, low, high):
    span = high - low + 1
    return lambda r: pattern % (low + int(r.rnd() * span))


def own(attribute):
    return lambda r: getattr(r.e, attribute)


def of(kind, attribute):
    return lambda r: getattr(r.pick(kind), attribute)


def same(column):
    return lambda r: r.v[column]


def fk(table):
    """Number of a row of another table of the same database, whose key runs from 1."""
    return lambda r: 1 + int(r.rnd() * r.counts[table])


def parent(table, per=3):
    """Row number of a header table, in runs, as the lines of documents are."""
    return lambda r: min(1 + (r.i - 1) // per, r.counts[table])


def position(per=3, step=1):
    return lambda r: ((r.i - 1) % per + 1) * step


def day(first="2023-01-03", span=880):
    start = _PLACE[first]
    return lambda r: _DAYS[start + int(r.rnd() * span)]


def day8(first="2023-01-03", span=880):
    make = day(first, span)
    return lambda r: make(r).replace("-", "")


def clock(r):
    return "%02d:%02d:%02d" % (int(r.rnd() * 24), int(r.rnd() * 60), int(r.rnd() * 60))


def stamp(first="2023-01-03", span=880):
    make = day(first, span)
    return lambda r: make(r) + " " + clock(r)


def after(column, low=0, high=30, with_time=False):
    """A time some days after the one in another column; with `with_time` to the second, never before it."""
    span = high - low + 1

    def later_day(r):
        base = r.v[column]
        return _DAYS[_PLACE[base[:10]] + low + int(r.rnd() * span)] if base else None

    def later_moment(r):
        base = r.v[column]
        seconds = low * 86400 + int(r.rnd() * span * 86400) + 1
        return (datetime.datetime.fromisoformat(base) + datetime.timedelta(seconds=seconds)).isoformat(" ") if base else None
    return later_moment if with_time else later_day


def flow(first="2024-01-01 00:00:00", seconds=60, jitter=0):
    """Times that run on with the row number, as logs do."""
    start = datetime.datetime.fromisoformat(first)

    def make(r):
        extra = int(r.rnd() * jitter) if jitter else 0
        return (start + datetime.timedelta(seconds=(r.i - 1) * seconds + extra)).isoformat(" ")
    return make


def epoch_ms(first_ms=1704067200000, step_ms=1000):
    return lambda r: first_ms + (r.i - 1) * step_ms + int(r.rnd() * step_ms)


def maybe(share, make, other=None):
    return lambda r: make(r) if r.rnd() < share else other


def text(pool):
    values = getattr(texts, pool)
    count = len(values)
    return lambda r: values[int(r.rnd() * count)]


def hide(make, share, kind="mobile"):
    """Free text that in a small share of the rows tells a telephone or ID number."""
    def wrapped(r):
        plain = make(r)
        if r.rnd() >= share:
            return plain
        one = r.pick("employee")
        head = (plain + "，") if plain else ""
        if kind == "id":
            return head + "身份证%s，%s" % (one.id_card, one.name)
        return head + texts.CALLS[int(r.rnd() * len(texts.CALLS))] % (one.name[0], one.mobile)
    return wrapped


def join(*makes, sep=""):
    return lambda r: sep.join(str(make(r)) for make in makes)


def as_json(**makes):
    return lambda r: json.dumps({key: make(r) for key, make in makes.items()}, ensure_ascii=False)


def hexa(length):
    return lambda r: "%0*x" % (length, r.rng.getrandbits(length * 4))


def blob(low, high, head=b""):
    span = high - low + 1
    return lambda r: head + r.rng.randbytes(low + int(r.rnd() * span))


def base64(length):
    chars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return lambda r: "".join(chars[int(r.rnd() * 64)] for _ in range(length - 2)) + "=="


def bcrypt():
    chars = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return lambda r: "$2a$10$" + "".join(chars[int(r.rnd() * 64)] for _ in range(53))


def uuid():
    return lambda r: "%08x-%04x-4%03x-%04x-%012x" % (
        r.rng.getrandbits(32), r.rng.getrandbits(16), r.rng.getrandbits(12), 0x8000 | r.rng.getrandbits(14),
        r.rng.getrandbits(48))


def cas_near_miss(r):
    body = "%d%s" % (1 + int(r.rnd() * 9), identity.digits(r.rng, 5))
    return identity.break_last(body[:4] + "-" + body[4:] + "-0", identity.is_cas)


def id_near_miss(prefix="20"):
    """18 digits that look like an ID number and are none: the date or the check digit does not hold."""
    def make(r):
        body = prefix + "%02d%02d" % (20 + int(r.rnd() * 6), 1 + int(r.rnd() * 12)) + identity.digits(r.rng, 11)
        return identity.break_last(body + "0", identity.is_id_number)
    return make


def luhn_near_miss(prefix, length):
    return lambda r: identity.break_last(prefix + identity.digits(r.rng, length - len(prefix)), identity.is_luhn)


def vin_near_miss(prefix):
    """17 characters without I, O and Q whose ninth is no VIN check character."""
    def make(r):
        body = prefix + "%0*d" % (17 - len(prefix), int(r.rnd() * 10 ** 8))
        if not identity.is_vin(body):
            return body
        return body[:8] + ("1" if body[8] != "1" else "2") + body[9:]
    return make


def uscc_near_miss(prefix):
    return lambda r: identity.break_last(prefix + "%0*d" % (18 - len(prefix), r.i), identity.is_uscc)


def number_near_mobile(prefix="12"):
    """11 digits beginning with a 1 that no mobile number begins with."""
    return lambda r: prefix + identity.digits(r.rng, 11 - len(prefix))


def masked(kind, attribute, mask):
    function = getattr(people, "mask_" + mask)
    return lambda r: function(getattr(r.pick(kind), attribute))


def masked_own(attribute, mask):
    function = getattr(people, "mask_" + mask)
    return lambda r: function(getattr(r.e, attribute))


def phone():
    return lambda r: identity.landline(r.rng)


def private_ip(net="10.20"):
    return lambda r: identity.ipv4(r.rng, net)


def documentation_ip(r):
    net = ("192.0.2", "198.51.100", "203.0.113")[int(r.rnd() * 3)]
    return "%s.%d" % (net, 1 + int(r.rnd() * 254))


def mac(sep=":"):
    return lambda r: identity.mac(r.rng, sep)


def pem(kind, length):
    return lambda r: "-----BEGIN %s-----\n%s\n-----END %s-----" % (kind, base64(length)(r), kind)


def array(make, count):
    """A JSON array of values."""
    return lambda r: json.dumps([make(r) for _ in range(count)])


def at_hour(column, first, last):
    """A time of day between two hours on the day in another column."""
    def make(r):
        hour = first + int(r.rnd() * (last - first + 1))
        return "%s %02d:%02d:%02d" % (r.v[column], hour, int(r.rnd() * 60), int(r.rnd() * 60))
    return make


def paragraphs(pool, low, high):
    """Long text: `low` to `high` sentences of a pool."""
    values = getattr(texts, pool)

    def make(r):
        count = low + int(r.rnd() * (high - low + 1))
        return "\n".join("%d. %s" % (n + 1, values[int(r.rnd() * len(values))]) for n in range(count))
    return make
