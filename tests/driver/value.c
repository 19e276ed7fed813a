/* Values of the rows, made when they are asked for. */
#include <stdlib.h>
#include <string.h>

#include "driver.h"

static int digit_of(char byte)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = strchr(digits, byte | (byte >= 'A' && byte <= 'F' ? 0x20 : 0));

    return byte != '\0' && at != NULL ? (int)(at - digits) : 0;
}

void value_put_hex(const char *hex, struct dc_strbuf *out)
{
    for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2) {
        dc_strbuf_putc(out, (char)(digit_of(hex[0]) * 16 + digit_of(hex[1])));
    }
}

static const char *of_cycle(const struct dc_texts *texts, int64_t n)
{
    return texts->items[(size_t)(n - 1) % texts->n_items];
}

struct cell value_make(const struct script_column *column, int64_t n, struct dc_strbuf *scratch)
{
    struct cell cell = {.says = column->says};

    dc_strbuf_reset(scratch);
    if (column->null_every > 0 && n % column->null_every == 0) {
        cell.null = true;
        return cell;
    }
    if (column->values.n_items > 0 && strcmp(of_cycle(&column->values, n), "{null}") == 0) {
        cell.null = true;
        return cell;
    }
    if (column->lob >= 0) {
        cell.is_fill = true;
        cell.size = (size_t)column->lob;
        return cell;
    }
    if (column->empty_every > 0 && n % column->empty_every == 0) {
        dc_strbuf_puts(scratch, "");
    } else if (column->bytes.n_items > 0) {
        value_put_hex(of_cycle(&column->bytes, n), scratch);
    } else if (n <= column->head && column->head_value != NULL) {
        script_fill(column->head_value, n, scratch);
    } else if (column->values.n_items > 0) {
        script_fill(of_cycle(&column->values, n), n, scratch);
    } else if (column->sequence) {
        dc_strbuf_printf(scratch, "%lld", (long long)(column->start + column->step * (n - 1)));
    } else {
        script_fill(column->value != NULL ? column->value : "{n}", n, scratch);
    }
    cell.bytes = dc_strbuf_text(scratch);
    cell.size = scratch->size;
    return cell;
}

/* ---- which rows a sample takes ---- */

#define PAGE_ROWS 80

static double chance(uint64_t seed, int64_t what)
{
    uint64_t parts[2] = {seed, (uint64_t)what};

    return (double)(dc_hash64(parts, sizeof parts) >> 11) / 9007199254740992.0;
}

static bool is_taken(const struct sample_plan *plan, int64_t row)
{
    return (plan->page_share >= 1 || chance(plan->seed, row / PAGE_ROWS) < plan->page_share) &&
           (plan->row_share >= 1 || chance(~plan->seed, row) < plan->row_share);
}

static bool next_by_key(struct result *result)
{
    struct sample_plan *plan = &result->plan;

    while (plan->next_key < plan->n_keys) {
        int64_t distance = plan->keys[plan->next_key++] - plan->key_start;
        int64_t row = distance / plan->key_step + 1;

        if (distance % plan->key_step == 0 && row >= 1 && row <= result->table->rows) {
            result->row = row;
            return true;
        }
    }
    return false;
}

static bool in_range(const struct sample_plan *plan, int64_t row)
{
    int64_t key = plan->key_start + plan->key_step * (row - 1);

    return key >= plan->low && key < plan->high;
}

bool sample_next(struct result *result)
{
    const struct sample_plan *plan = &result->plan;

    if (plan->limit > 0 && result->n_given >= plan->limit) {
        return false;
    }
    if (plan->keys != NULL) {
        return next_by_key(result) && ++result->n_given > 0;
    }
    while (result->row < result->table->rows) {
        if (plan->is_range && !in_range(plan, result->row + 1)) {
            result->row++;
            continue;
        }
        if (is_taken(plan, ++result->row)) {
            result->n_given++;
            return true;
        }
    }
    return false;
}
