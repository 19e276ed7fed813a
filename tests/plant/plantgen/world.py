"""The plant itself: the persons, firms and things that several tables of several systems mention."""

import random

from . import firms, goods, people

# number of entities at scale 1; a smaller plant keeps at least MINIMUM of each
COUNTS = {"employee": 1200, "supplier": 260, "customer": 140, "carrier": 30, "part": 1500, "equipment": 320, "tag": 400,
          "vehicle": 2000, "owner": 1800, "driver": 160, "visitor": 500, "location": 600, "project": 60, "pile": 96,
          "candidate": 300}
MINIMUM = 24


class World:
    def __init__(self, seed, scale):
        self._seed = seed
        size = {kind: max(min(count, MINIMUM), round(count * scale)) for kind, count in COUNTS.items()}
        self._pools = {"dept": goods.departments(), "post": goods.posts(), "line": goods.lines(), "shop": goods.shops(),
                       "warehouse": goods.warehouses(), "meter": goods.meters()}
        self._fill(size)

    def _rng(self, kind):
        return random.Random("%s/world/%s" % (self._seed, kind))

    def _fill(self, size):
        pools, rng = self._pools, self._rng
        pools["station"] = goods.stations(pools["line"])
        pools["employee"] = goods.employees(rng("employee"), size["employee"], pools["dept"])
        pools["supplier"] = firms.suppliers(rng("supplier"), size["supplier"])
        pools["customer"] = firms.customers(rng("customer"), size["customer"])
        pools["carrier"] = firms.carriers(rng("carrier"), size["carrier"])
        pools["part"] = goods.parts(rng("part"), size["part"])
        pools["equipment"] = goods.equipment(rng("equipment"), size["equipment"], pools["line"])
        pools["tag"] = goods.tags(rng("tag"), size["tag"], pools["equipment"])
        for kind, first, last in (("owner", 1960, 2002), ("driver", 1968, 1998), ("visitor", 1965, 2003),
                                  ("candidate", 1985, 2004)):
            source = rng(kind)
            pools[kind] = [people.make_person(source, n, first, last) for n in range(1, size[kind] + 1)]
        pools["vehicle"] = goods.vehicles(rng("vehicle"), size["vehicle"], pools["owner"])
        pools["location"] = goods.locations(rng("location"), size["location"], pools["warehouse"])
        pools["project"] = goods.projects(rng("project"), size["project"])
        pools["pile"] = goods.piles(rng("pile"), size["pile"])

    def pool(self, kind):
        return self._pools[kind]
