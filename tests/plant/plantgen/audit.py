"""The audit columns that frameworks add to every table, in the styles the plant mixes."""

from .labels import CREATED, CREATED_BY, DELETED, EMPTY_TEXT, FK_USER, REMARK, TENANT, UPDATED, UPDATED_BY, VERSION
from .makers import const, maybe, mostly, null, num, of, stamp, text
from .schema import C


def ruoyi():
    """RuoYi: commented, login names, reserved fields."""
    return [
        C("remark", "VARCHAR(500)", "备注", maybe(0.3, text("REMARKS"), ""), REMARK),
        C("attr1", "VARCHAR(64)", "预留字段1", null(), EMPTY_TEXT),
        C("create_by", "VARCHAR(64)", "创建者", of("employee", "login"), CREATED_BY),
        C("create_time", "DATETIME", "创建时间", stamp(), CREATED),
        C("update_by", "VARCHAR(64)", "更新者", maybe(0.5, of("employee:2", "login"), ""), UPDATED_BY),
        C("update_time", "DATETIME", "更新时间", maybe(0.5, stamp("2024-06-01", 300)), UPDATED),
    ]


def pinyin():
    """Home-grown systems: pinyin initials, no comments."""
    return [
        C("cjr", "VARCHAR(20)", "", of("employee", "name"), "P1-04/P1-05/P1-01/Z1-01: creator's name"),
        C("cjsj", "DATETIME", "", stamp(), CREATED),
        C("xgr", "VARCHAR(20)", "", maybe(0.4, of("employee:2", "name")), "P1-04/P1-05/P1-01/Z1-01: last editor's name"),
        C("xgsj", "DATETIME", "", maybe(0.4, stamp("2024-06-01", 300)), UPDATED),
        C("scbz", "CHAR(1)", "", mostly("0", 0.98, "1"), DELETED),
    ]


def plain():
    """English without comments: bare user ids, soft delete, optimistic lock, tenant."""
    return [
        C("tenant_id", "BIGINT", "", const(1), TENANT),
        C("creator_id", "BIGINT", "", of("employee", "id"), FK_USER),
        C("created_at", "DATETIME", "", stamp(), CREATED),
        C("updated_at", "DATETIME", "", maybe(0.6, stamp("2024-06-01", 300)), UPDATED),
        C("is_deleted", "TINYINT", "", mostly(0, 0.98, 1), DELETED),
        C("row_version", "INT", "", num(0, 9), VERSION),
    ]
