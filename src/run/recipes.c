#include "run/recipes.h"

#include "core/lang.h"

#include <stddef.h>

const char *const export_recipes[] = {
    N_("KiCad: give the symbols the fields Manufacturer and MPN, then export "
       "with "
       "kicad-cli sch export bom --fields "
       "'Reference,Value,Footprint,${QUANTITY},Manufacturer,MPN' --labels "
       "'Reference,Value,Footprint,Qty,Manufacturer,MPN' --group-by "
       "'Value,Footprint,Manufacturer,MPN' -o bom.csv board.kicad_sch"),
    N_("Altium Designer: Reports, Bill of Materials; under Columns show "
       "Manufacturer 1 and Manufacturer Part Number 1 (or the parameters "
       "Manufacturer and Part Number), then export as CSV or Excel"),
    N_("Eagle, Fusion: give the parts the attributes MANUFACTURER and MPN, "
       "then "
       "run bom.ulp with List attributes ticked and save as CSV"),
    NULL,
};
