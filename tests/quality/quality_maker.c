/*
 * How well makers, categories and parameters are recognised in labelled real
 * data. Prints precision and recall; fails below the floors at the end.
 *
 * usage: quality_maker CORPUS [-v]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/shipped_rules.h"
#include "core/mem.h"
#include "maker/maker.h"
#include "ruleset/ruleset.h"
#include "score.h"

/* The case file's makers, in our parties' ids; any of several is right. */
static const struct {
    const char *label, *parties;
} makers[] = {
    {"Micron", "micron elpida crucial spectek numonyx"},
    {"STMicroelectronics (legacy of Micron M25P64)", "micron numonyx st"},
    {"SK hynix | Micron", "micron sk-hynix"},
    {"Samsung", "samsung"},
    {"SK hynix", "sk-hynix"},
    {"Winbond", "winbond"},
    {"GigaDevice", "gigadevice"},
    {"Quectel", "quectel"},
    {"Nanya", "nanya"},
    {"Macronix", "macronix"},
    {"Kioxia", "kioxia toshiba"},
    {"Hikvision", "hikvision"},
    {"Hikvision OEM (brand Annke)", "annke hikvision"},
    {"ISSI", "issi"},
    {"Dahua", "dahua"},
    {"Dahua (IMOU)", "dahua imou"},
    {"Dahua OEM (Lorex)", "lorex dahua"},
    {"Dahua OEM (Amcrest)", "amcrest dahua"},
    {"Kingston", "kingston"},
    {"ESMT", "esmt"},
    {"ESMT (Eon)", "esmt eon"},
    {"CXMT", "cxmt"},
    {"YMTC", "ymtc"},
    {"Longsys (FORESEE)", "longsys"},
    {"HiSilicon (Huawei)", "hisilicon huawei"},
    {"Fibocom", "fibocom"},
    {"Alliance", "alliance alliance-memory"},
    {"XMC", "xmc"},
    {"Telit", "telit telit-cinterion"},
    {"SIMCom", "simcom"},
    {"Renesas (Adesto)", "adesto renesas atmel dialog"},
    {"u-blox", "u-blox"},
    {"XTX", "xtx"},
    {"SanDisk (WD)", "sandisk western-digital"},
    {"MeiG", "meig"},
    {"Fudan Micro", "fudan fudan-micro fmsh"},
    {"Boya", "boya boya-micro"},
    {"ZTE (Gosuncn Welink)", "zte gosuncn gosuncn-welink"},
    {"Zbit", "zbit"},
    {"UniIC", "uniic"},
    {"SkyHigh (ex-Spansion/Cypress)", "skyhigh spansion cypress infineon"},
    {"SkyHigh", "skyhigh"},
    {"Sierra Wireless", "sierra-wireless sierra semtech"},
    {"Ramaxel", "ramaxel"},
    {"Qumo", "qumo"},
    {"Puya", "puya"},
    {"Nantronics", "nantronics"},
    {"Memphis", "memphis"},
    {"JSC", "jsc"},
    {"Intel/Solidigm", "solidigm intel"},
    {"Ingenic", "ingenic"},
    {"Infineon", "infineon cypress spansion"},
    {"Goke", "goke"},
    {"G.Skill", "g-skill gskill"},
    {"Foxconn", "foxconn"},
    {"Etron", "etron"},
    {"Sony", "sony"},
    {"EM Microelectronic", "em-microelectronic"},
    {"Aerosemi", "aerosemi"},
    {"CTS", "cts"},
    {"Semtech", "semtech"},
    {"T-Motor", "t-motor"},
    {"Kemet", "kemet"},
    {"Lumissil (ISSI)", "issi lumissil"},
    {"Fremont Micro Devices", "fmd fremont"},
    {"MediaTek", "mediatek"},
    {"onsemi (ex-Aptina)", "onsemi aptina"},
    {"Holt Integrated Circuits", "holt"},
    {"Analog Devices (Maxim)", "maxim analog-devices"},
    {"STMicroelectronics", "st"},
};

/* Cases that took one machine's word for the maker: of K821PJ-MIE all other
   machines say Kingston, and CMSX8GX4M1A2666C18 has the form of Corsair's. */
static const struct {
    const char *id, *parties;
} corrected[] = {
    {"C0712", "kingston"},
    {"C0750", "corsair"},
};

/* The case file's category and the beginning of its type, in ours. */
static const struct {
    const char *category, *type, *id;
} categories[] = {
    {"DRAM", "DDR5", "memory/dram/ddr5"},
    {"DRAM", "DDR4", "memory/dram/ddr4"},
    {"DRAM", "DDR3L", "memory/dram/ddr3/ddr3l"},
    {"DRAM", "DDR3", "memory/dram/ddr3"},
    {"DRAM", "DDR2", "memory/dram/ddr2"},
    {"DRAM", "DDR", "memory/dram/ddr"},
    {"DRAM", "SDR", "memory/dram/sdr"},
    {"DRAM", "LPDDR5X", "memory/dram/lpddr5/lpddr5x"},
    {"DRAM", "LPDDR5", "memory/dram/lpddr5"},
    {"DRAM", "LPDDR4/4X", "memory/dram/lpddr4"},
    {"DRAM", "LPDDR4X", "memory/dram/lpddr4/lpddr4x"},
    {"DRAM", "LPDDR4", "memory/dram/lpddr4"},
    {"DRAM", "LPDDR3", "memory/dram/lpddr3"},
    {"DRAM (soldered or module)", "LPDDR4", "memory/dram/lpddr4"},
    {"DRAM (soldered or module)", "LPDDR3", "memory/dram/lpddr3"},
    {"DIMM", "", "memory/dram/module"},
    {"NOR", "SPI", "memory/nor/spi"},
    {"NOR", "", "memory/nor"},
    {"NAND", "SPI", "memory/nand/spi"},
    {"NAND", "SLC", "memory/nand/slc"},
    {"NAND", "MLC", "memory/nand/3d"},
    {"NAND", "TLC", "memory/nand/3d"},
    {"NAND", "", "memory/nand"},
    {"eMMC", "", "memory/nand/emmc"},
    {"UFS", "", "memory/nand/ufs"},
    {"SSD", "", "storage/ssd"},
    {"cellular module", "", "wireless/cellular-module"},
    {"GNSS module", "", "wireless/gnss-module"},
    {"SoC", "IP-camera", "soc"},
    {"IP camera/recorder", "intercom", "all"},
    {"IP camera/recorder", "", "camera"},
};

enum {
    COL_ID,
    COL_KIND,
    COL_MPN,
    COL_CONTEXT,
    COL_MAKER,
    COL_GROUP,
    COL_CATEGORY,
    COL_TYPE,
    COL_DENSITY,
    COL_WIDTH,
    COL_SPEED,
    COL_VOLTAGE,
    COL_COUNT
};

enum {
    SCORE_MAKER,
    SCORE_CERTAIN,
    SCORE_NEGATIVE,
    SCORE_CONTRADICTION,
    SCORE_CATEGORY,
    SCORE_DENSITY,
    SCORE_WIDTH,
    SCORE_SPEED,
    SCORE_VOLTAGE,
    SCORE_NAMES,
    SCORE_SPELLINGS,
    SCORE_COUNT
};

struct run {
    const struct ruleset *rules;
    struct maker_resolver *resolver;
    struct score scores[SCORE_COUNT];
    bool verbose;
};

static void count(struct run *run, int score, int result, struct str what,
                  struct str got) {
    score_count(&run->scores[score], result, what, got, run->verbose);
}

static const char *parties_of(const struct str *field) {
    for (size_t i = 0; i < ARRAY_LEN(corrected); i++)
        if (str_eq(str_from(corrected[i].id), field[COL_ID]))
            return corrected[i].parties;
    for (size_t i = 0; i < ARRAY_LEN(makers); i++)
        if (str_eq(str_from(makers[i].label), field[COL_MAKER]))
            return makers[i].parties;
    return "";
}

static struct str party_id(const struct run *run, uint32_t party) {
    return rules_str(run->rules, rules_party(run->rules, party)->id);
}

static void score_maker(struct run *run, const struct str *field,
                        const struct maker *answer) {
    const char *wanted = parties_of(field);
    bool negative = str_eq(field[COL_KIND], STR_LIT("negative"));
    int any = 0, certain = 0;
    for (size_t i = 0; i < answer->candidate_count; i++) {
        const struct maker_candidate *c = &answer->candidates[i];
        int fit = has_word(str_from(wanted), party_id(run, c->party)) ? 1 : -1;
        any = any > 0 ? any : fit;
        if (c->confidence == MAKER_CERTAIN && certain <= 0)
            certain = fit;
    }
    if (negative) {
        count(run, SCORE_NEGATIVE, any < 0 ? -1 : 1, field[COL_MPN],
              answer->evidence);
    } else if (str_eq(field[COL_KIND], STR_LIT("conflict"))) {
        bool told = answer->candidate_count > 1 &&
                    (answer->candidates[0].matched_by & MAKER_CONTRADICTED);
        count(run, SCORE_CONTRADICTION, told && any > 0 ? 1 : -1,
              field[COL_MPN], answer->evidence);
    } else if (*wanted != '\0') {
        count(run, SCORE_MAKER, any, field[COL_MPN], answer->evidence);
        count(run, SCORE_CERTAIN, certain, field[COL_MPN], answer->evidence);
    }
}

static uint32_t wanted_category(const struct run *run,
                                const struct str *field) {
    for (size_t i = 0; i < ARRAY_LEN(categories); i++)
        if (str_eq(str_from(categories[i].category), field[COL_CATEGORY]) &&
            str_starts(field[COL_TYPE], str_from(categories[i].type)))
            return rules_find_category(run->rules, str_from(categories[i].id));
    return RULES_NONE;
}

static void score_category(struct run *run, const struct str *field,
                           const struct maker *answer) {
    uint32_t wanted = wanted_category(run, field);
    uint32_t got = answer->facts.category;
    if (wanted == RULES_NONE || wanted == 0)
        return;
    int fit = got == RULES_NONE                                ? 0
              : rules_category_within(run->rules, got, wanted) ? 1
              : rules_category_within(run->rules, wanted, got) ? 0
                                                               : -1;
    count(run, SCORE_CATEGORY, fit, field[COL_MPN],
          got == RULES_NONE
              ? STR_EMPTY
              : rules_str(run->rules, rules_category(run->rules, got)->id));
}

static void number(struct run *run, int score, struct str mpn,
                   struct str wanted, double scale, uint32_t got) {
    score_number(&run->scores[score], mpn, wanted, scale, got, run->verbose);
}

static void score_facts(struct run *run, const struct str *field,
                        const struct part_facts *facts) {
    bool spd = str_eq(field[COL_KIND], STR_LIT("blind_spd"));
    number(run, SCORE_DENSITY, field[COL_MPN], field[COL_DENSITY], 1024,
           facts->density_mbit);
    number(run, SCORE_WIDTH, field[COL_MPN], field[COL_WIDTH], 1, facts->width);
    /* An SPD tells the speed that a machine chose, not the part's. */
    if (!spd)
        number(run, SCORE_SPEED, field[COL_MPN], field[COL_SPEED], 1,
               facts->speed_mts);
    number(run, SCORE_VOLTAGE, field[COL_MPN], field[COL_VOLTAGE], 1000,
           facts->voltage_mv);
}

/* The name in `manufacturer field says "Samsung"`. */
static struct str named(struct str context) {
    ptrdiff_t from = str_find_char(context, '"');
    if (from < 0)
        return STR_EMPTY;
    struct str name = str_skip(context, (size_t)from + 1);
    ptrdiff_t to = str_find_char(name, '"');
    return to < 0 ? STR_EMPTY : str_take(name, (size_t)to);
}

static bool resolve(struct run *run, const struct maker_query *query,
                    struct maker *answer) {
    struct err err = ERR_INIT;
    if (maker_resolve(run->resolver, query, answer, &err))
        return true;
    printf("%s\n", err.msg);
    return false;
}

static bool run_case(struct run *run, struct str line) {
    struct str field[COL_COUNT] = {{NULL, 0}};
    for (size_t i = 0; i < COL_COUNT; i++)
        if (!str_split(&line, '\t', &field[i]))
            return true;
    struct maker_query query = {.mpn = field[COL_MPN],
                                .description = field[COL_CONTEXT]};
    if (str_eq(field[COL_KIND], STR_LIT("conflict"))) {
        query.manufacturer = named(field[COL_CONTEXT]);
        query.description = STR_EMPTY;
    }
    struct maker answer;
    if (!resolve(run, &query, &answer))
        return false;
    score_maker(run, field, &answer);
    score_category(run, field, &answer);
    score_facts(run, field, &answer.facts);
    return true;
}

/* Names that must be found as these parties; "" as nobody; "!micron" as
   anybody or nobody, but not as that one. */
static const struct {
    const char *name, *party;
} names[] = {
    {"MICRON", "micron"},
    {"Micron Technology Inc.", "micron"},
    {"Micorn", "micron"},
    {"Micron&", "micron"},
    {"MICRON(美光)", "micron"},
    {"Hynex", "sk-hynix"},
    {"Mactronix", "macronix"},
    {"Aliance Memory", "alliance-memory"},
    {"Nanja", "nanya"},
    {"Omicron", "!micron"},
    {"Micro Crystal", "!micron"},
    {"Micrel", "micrel"},
    {"MICREL", "micrel"},
    {"Micronas", "micronas"},
    {"STMicroelectronics", "st"},
    {"ST MICROELECTRONICS", "st"},
    {"FM(Shanghai Fudan Microelectronics)", "fudan"},
    {"STC(宏晶)", "stc"},
    {"Samsung Electro-Mechanics", "samsung-electro-mechanics"},
    {"Samsung Electro-Mechanics America, Inc", "samsung-electro-mechanics"},
    {"Sams", "samsung"},
    {"Foxcon", "foxconn"},
    {"Littlefuse Inc.", "littelfuse"},
    {"Texas Insrtuments", "texas-instruments"},
    {"TEXAS INST.", "texas-instruments"},
    {"texas Intruments", "texas-instruments"},
    {"Texas Instrument", "texas-instruments"},
    {"ON Semiconducto", "onsemi"},
    {"Linear Technology/Analog Devices", "linear-technology"},
    {"Winbond Electronics-", "winbond"},
    {"FTDI, Future Technology Devices International Ltd", "ftdi"},
    {"ISSI, Integrated Silicon Solution Inc", "issi"},
    {"https://www.mouser.se/manufacturer/stmicroelectronics/", "st"},
    {"https://www.mouser.se/manufacturer/analog-devices/", "analog-devices"},
    {"华宇创", "huayuchuang"},
    {"HONOR(荣誉)", "honor-capacitors"},
    {"SK", "sk-diodes"},
    {"DNP", ""},
    {"N/A", ""},
    {"Various", ""},
    {"LCSC", ""},
    {"custom", ""},
    {"Zorblat Gadgets", ""},
    {"Microne", "!micron"},
    {"Microsoft", "!micron"},
    {"Nanjing Extension Microelectronics", "!micron"},
};

static int judge_name(const struct run *run, const struct maker *answer,
                      const char *wanted) {
    bool found = answer->candidate_count > 0;
    struct str first =
        found ? party_id(run, answer->candidates[0].party) : STR_EMPTY;
    if (*wanted == '!')
        return str_eq(first, str_from(wanted + 1)) ? -1 : 1;
    if (!found)
        return *wanted == '\0' ? 1 : 0;
    return str_eq(first, str_from(wanted)) ? 1 : -1;
}

/* How many lines of real BOMs have a maker column that is understood, be it
   as no maker at all. */
static bool run_spellings(struct run *run, struct str spellings) {
    struct str line, name, lines;
    (void)str_split(&spellings, '\n', &line); /* the header */
    while (str_split(&spellings, '\n', &line)) {
        if (!str_split(&line, '\t', &name) || !str_split(&line, '\t', &lines))
            continue;
        name = str_take(str_skip(name, 1), name.len - 2);
        struct maker_query query = {.manufacturer = name};
        struct maker answer;
        if (!resolve(run, &query, &answer))
            return false;
        bool open = answer.candidate_count == 0 &&
                    str_find(answer.evidence, STR_LIT("do not know")) >= 0;
        unsigned weight = 0;
        for (size_t i = 0; i < lines.len && ascii_is_digit(lines.ptr[i]); i++)
            weight = weight * 10 + (unsigned)(lines.ptr[i] - '0');
        run->scores[SCORE_SPELLINGS].right += open ? 0 : weight;
        run->scores[SCORE_SPELLINGS].open += open ? weight : 0;
        if (open && run->verbose)
            printf("open  spelling: %.*s\n", STR_ARG(name));
    }
    return true;
}

static bool run_names(struct run *run) {
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct maker_query query = {.manufacturer = str_from(names[i].name)};
        struct maker answer;
        if (!resolve(run, &query, &answer))
            return false;
        count(run, SCORE_NAMES, judge_name(run, &answer, names[i].party),
              query.manufacturer, answer.evidence);
    }
    return true;
}

static bool run_cases(struct run *run, struct str cases) {
    struct str line;
    (void)str_split(&cases, '\n', &line); /* the header */
    while (str_split(&cases, '\n', &line))
        if (line.len > 0 && !run_case(run, line))
            return false;
    return true;
}

int main(int argc, char **argv) {
    struct run run = {
        .scores = {
            [SCORE_MAKER] = {"maker", 0, 0, 0, 100, 99.9},
            [SCORE_CERTAIN] = {"certain maker", 0, 0, 0, 100, 97.5},
            [SCORE_NEGATIVE] = {"negatives", 0, 0, 0, 100, 100},
            [SCORE_CONTRADICTION] = {"contradictions", 0, 0, 0, 100, 100},
            [SCORE_CATEGORY] = {"category", 0, 0, 0, 100, 98.5},
            [SCORE_DENSITY] = {"density", 0, 0, 0, 100, 98},
            [SCORE_WIDTH] = {"width", 0, 0, 0, 100, 98.5},
            [SCORE_SPEED] = {"speed", 0, 0, 0, 99, 96.5},
            [SCORE_VOLTAGE] = {"voltage", 0, 0, 0, 100, 100},
            [SCORE_NAMES] = {"names", 0, 0, 0, 100, 100},
            [SCORE_SPELLINGS] = {"lines' makers", 0, 0, 0, 100, 99.5},
        }};
    struct ruleset *rules = NULL;
    struct strbuf cases = {.ptr = NULL}, spellings = {.ptr = NULL};
    struct err err = ERR_INIT;
    int status = EXIT_FAILURE;
    run.verbose = argc > 2 && strcmp(argv[2], "-v") == 0;
    if (argc < 2 || !read_file(argv[1], "cases-dev.tsv", &cases) ||
        !read_file(argv[1], "names.tsv", &spellings)) {
        printf("skipped: no corpus\n");
        status = SKIPPED;
        goto out;
    }
    if (!ruleset_open(&rules, shipped_rules, shipped_rules_size, &err)) {
        printf("%s\n", err.msg);
        goto out;
    }
    run.rules = rules;
    run.resolver = maker_resolver_new(rules);
    if (run.resolver != NULL && run_cases(&run, strbuf_str(&cases)) &&
        run_names(&run) && run_spellings(&run, strbuf_str(&spellings)) &&
        score_report(run.scores, SCORE_COUNT))
        status = EXIT_SUCCESS;
out:
    maker_resolver_free(run.resolver);
    ruleset_close(rules);
    strbuf_dispose(&cases);
    strbuf_dispose(&spellings);
    return status;
}
