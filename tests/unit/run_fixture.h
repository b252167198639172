#ifndef BOMGATE_TESTS_RUN_FIXTURE_H
#define BOMGATE_TESTS_RUN_FIXTURE_H

#include <stdio.h>
#include <string.h>

#include "run/run.h"
#include "temp_folder.h"
#include "tiny_rules.h"

/** Enough to read a BOM and to find Micron prohibited in it. */
#define RUN_RULES                                                              \
    TINY_WORDS,                                                                \
        {"words/headers.yaml",                                                 \
         "- {list: header/refdes, words: [reference]}\n"                       \
         "- {list: header/quantity, words: [qty]}\n"                           \
         "- {list: header/manufacturer, words: [manufacturer]}\n"              \
         "- {list: header/mpn, words: [mpn]}\n"                                \
         "- {list: header/description, words: [description]}\n"                \
         "- {list: passive-refdes, words: [R, C]}\n",                          \
         false},                                                               \
        {"profiles/p.yaml", "- {id: buyer}\n- {id: stranger}\n", false},       \
        {"parties/p.yaml",                                                     \
         "- {id: micron, name: Micron, makes: [memory/dram]}\n"                \
         "- {id: samsung, name: Samsung, makes: [memory/dram]}\n"              \
         "- {id: nanya, name: Nanya, makes: [memory/dram]}\n"                  \
         "- {id: ymtc, name: YMTC, makes: [memory/nand]}\n"                    \
         "- {id: netac, name: Netac, makes: [storage/ssd],\n"                  \
         "   may-contain: [{party: ymtc}]}\n",                                 \
         false},                                                               \
        {"parts/p.yaml",                                                       \
         "party: micron\nfamilies:\n"                                          \
         "  - {id: mt41, name: DDR3, tier: high, pattern: MT41#*,\n"           \
         "     category: memory/dram/ddr3}\n"                                  \
         "crosses:\n"                                                          \
         "  - {from: MT41K256M16, to: K4B4G1646E, to-party: samsung,\n"        \
         "     level: A}\n",                                                   \
         false},                                                               \
    {                                                                          \
        "measures/m.yaml",                                                     \
            "id: m\ntitle: T\nauthority: A\njurisdiction: CN\ncitation: C\n"   \
            "announced: 2023-03-31\nknown-to: 2025-10-17\n"                    \
            "sources: [{url: u}]\nbinds: [buyer]\ncovers: [all]\n"             \
            "parties: [{party: micron}]\nclauses:\n"                           \
            "  - {id: a, effect: prohibit, activities: [purchase],\n"          \
            "     from: 2023-05-21}\n"                                         \
            "  - {id: b, effect: check, activities: [purchase],\n"             \
            "     from: 2023-05-21, parties: [{party: nanya}]}\n"              \
            "  - {id: c, effect: prohibit, activities: [purchase],\n"          \
            "     from: 2023-05-21, parties: [{party: ymtc}], inside: "        \
            "true}\n",                                                         \
            false                                                              \
    }

#define RUN_HEADER "Reference,Qty,Manufacturer,MPN,Description\n"
#define RUN_MICRON "U1,1,Micron,MT41K256M16TW-107,DDR3\n"
#define RUN_SAMSUNG "U2,1,Samsung,K4B4G1646E,DDR3\n"
#define RUN_NANYA "U3,1,Nanya,NT5CC256M16,DDR3\n"
#define RUN_NETAC "U5,1,Netac,NT01,SSD\n"
#define RUN_UNKNOWN "U4,1,Nobody Ever,ZZZ-1,Thing\n"
#define RUN_PASSIVE "C1,1,,100n,Capacitor\n"

#endif
