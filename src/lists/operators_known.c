/* SPDX-License-Identifier: Apache-2.0 */
/* Designators of operators and their states: facts of ICAO Doc 8585, of the operators that are met most. Each was held
 * against a public table of designators and names, and against the states of the addresses that recordings have with
 * it (docs/sources.md). Left out are those of which two operators are known, those whose aircraft are of several
 * states by treaty (SAS), and any that is not certain. The state is the member of ICAO: territories stand under it. */
#include "lists/operators_parts.h"

#include <stdlib.h>
#include <string.h>

/* In the order of strcmp. */
static const char known[][7] = {
    "AAB BE", "AAL US", "AAR KR", "AAW LY", "AAY US", "ABB BE", "ABD IS", "ABF FI", "ABG RU",
    "ABL KR", "ABN AL", "ABP CZ", "ABQ PK", "ABR IE", "ABW RU", "ABX US", "ABY AE", "ACA CA",
    "ACI FR", "ADB UA", "ADN DE", "ADO JP", "ADR SI", "ADY AE", "AEA ES", "AEE GR", "AEZ IT",
    "AFG AF", "AFL RU", "AFP PT", "AFR FR", "AHK CN", "AHO DE", "AHY AZ", "AIB FR", "AIC IN",
    "AIE CA", "AIH KR", "AIJ MX", "AIP US", "AIQ TH", "AIZ IL", "AJT US", "AKJ IN", "AKX JP",
    "ALK LK", "AMC MT", "AME ES", "AMF US", "AMU CN", "AMV EG", "AMX MX", "ANA JP", "ANE ES",
    "ANG PG", "ANO AU", "ANZ NZ", "AOJ AT", "APG PH", "APJ JP", "APZ KR", "ARA NG", "ARE CO",
    "ARG AR", "ART LV", "ARU NL", "ASA US", "ASH US", "ASJ FR", "ASL RS", "ASP CA", "ASV KR",
    "ASY AU", "ATC TZ", "ATG MD", "ATL DE", "ATN US", "AUA AT", "AUH AE", "AUI UA", "AUL RU",
    "AUR GB", "AUT AR", "AVA CO", "AVJ KG", "AVN VU", "AWC GB", "AWG RO", "AWI US", "AWQ ID",
    "AWT AL", "AXB IN", "AXM MY", "AXY MT", "AZA IT", "AZG AZ", "AZO RU", "AZQ AZ", "AZU BR",
    "AZV RU", "AZW ZW", "BAF BE", "BAH BH", "BAR AE", "BAV VN", "BAW GB", "BBC BD", "BBD IS",
    "BBG GR", "BCS DE", "BDA IN", "BDR SD", "BEE GB", "BEL BE", "BGA FR", "BGH BG", "BHA NP",
    "BHL GB", "BHS BS", "BKP TH", "BLA RO", "BLX SE", "BMS RO", "BNL LY", "BNZ AU", "BOE US",
    "BOT BW", "BOV BO", "BOX DE", "BPA IT", "BPO DE", "BRO GB", "BRQ LY", "BRS BR", "BRU BY",
    "BRX SE", "BTI LV", "BTK ID", "BTN BT", "BTQ US", "BUC BG", "BWA TT", "CAI TR", "CAL TW",
    "CAO CN", "CAP US", "CAW ZA", "CAY GB", "CBJ CN", "CCA CN", "CCM FR", "CDC CN", "CDG CN",
    "CEB PH", "CEF CZ", "CES CN", "CFC CA", "CFE GB", "CFG DE", "CFS US", "CGF BG", "CGN CN",
    "CGZ CN", "CHB CN", "CHH CN", "CHX DE", "CJT CA", "CJX CN", "CKK CN", "CKS US", "CLH DE",
    "CLJ GB", "CLU GB", "CLX LU", "CMP PA", "CND NL", "CNF ES", "CNS US", "CNV US", "COG CD",
    "CPA CN", "CPN IR", "CPZ US", "CQH CN", "CQN CN", "CRC CM", "CRK CN", "CRL FR", "CRQ CA",
    "CSA CZ", "CSB US", "CSC CN", "CSH CN", "CSN CN", "CSS CN", "CSZ CN", "CTM FR", "CTN HR",
    "CTV ID", "CUA CN", "CUB CU", "CXA CN", "CXI MT", "CXK US", "CYF CY", "CYP CY", "CYZ CN",
    "DAF DK", "DAH DZ", "DAL US", "DFC CZ", "DHK GB", "DHX BH", "DKH CN", "DLA IT", "DLH DE",
    "DNU LT", "DOC NO", "DPJ US", "DQA MV", "DRK BT", "DRU RU", "DTA AO", "DTH DZ", "DTR DK",
    "DUB AE", "DWI DO", "EAG GB", "EAI IE", "EAU MT", "ECC CZ", "EDG US", "EDV US", "EDW CH",
    "EFD DE", "EFW GB", "EFY CO", "EIN IE", "EJA US", "EJM US", "EJU AT", "ELY IL", "EMM MT",
    "ENT PL", "ENY US", "EOK KR", "EPA CN", "ESF MX", "ESR KR", "ETD AE", "ETH ET", "EVA TW",
    "EVE ES", "EWG DE", "EXS GB", "EXY ZA", "EZE GB", "EZS CH", "EZY GB", "FAD SA", "FAF FR",
    "FBA IQ", "FBU FR", "FBZ AR", "FCB CY", "FDA JP", "FDB AE", "FDX US", "FEA TW", "FEG EG",
    "FFM MY", "FFT US", "FHM MT", "FHY TR", "FIA MD", "FIE AM", "FIN FI", "FJI FJ", "FJL PK",
    "FJO MT", "FJR JO", "FLE CA", "FLI DK", "FMY FR", "FNF FI", "FNY FR", "FOX NO", "FPG CH",
    "FPO FR", "FPY IS", "FRG US", "FWI FR", "FXI IS", "FYG BE", "FZA CN", "GAC AT", "GAF DE",
    "GAJ US", "GAP PH", "GBB ZA", "GBG BG", "GCR CN", "GEC DE", "GER DE", "GES ES", "GFA BH",
    "GIA ID", "GJS US", "GJT LT", "GLG EC", "GLJ AT", "GLO BR", "GLP RU", "GMA GB", "GMI DE",
    "GMS LY", "GMT MX", "GOW IN", "GPD US", "GRL DK", "GSW CH", "GTI US", "GWI DE", "GZP RU",
    "HAF GR", "HAL US", "HDA CN", "HFM MT", "HFY PT", "HGB CN", "HHN DE", "HIM NP", "HKC CN",
    "HKE CN", "HLE GB", "HOP FR", "HTM DE", "HUF HU", "HVN VN", "HXA CN", "HYM MD", "HYP MT",
    "HYS RO", "IAD IN", "IAE RU", "IAF IL", "IAM IT", "IAW IQ", "IBB ES", "IBE ES", "IBK IE",
    "IBS ES", "IBX JP", "ICE IS", "ICG IS", "ICL IL", "ICV IT", "IFA DE", "IFC IN", "IGO IN",
    "IJM AT", "IMX CH", "IRA IR", "IRB IR", "IRC IR", "IRL IE", "IRM IR", "IRZ IR", "ISR IL",
    "ISS IT", "ITY IT", "IYE YE", "IZA RU", "IZG IR", "JAF BE", "JAI IN", "JAL JP", "JAV JO",
    "JBU US", "JEF FI", "JFA LU", "JIA US", "JJA KR", "JJP JP", "JLJ JP", "JMA KE", "JNA KR",
    "JNL NL", "JRE US", "JSA SG", "JST AU", "JTA JP", "JTD DK", "JTE AU", "JTL US", "JYH CN",
    "JZA CA", "JZR KW", "KAC KW", "KAL KR", "KAP US", "KAR RU", "KFA CA", "KHV KH", "KII US",
    "KIS IR", "KIW NZ", "KKK TR", "KLC NL", "KLJ LT", "KLM NL", "KMF AF", "KMM MT", "KNA CN",
    "KNE SA", "KOR KP", "KQA KE", "KRP RO", "KTK RU", "KYE US", "KZR KZ", "KZU TR", "LAA LY",
    "LAM MZ", "LAN CL", "LAO LA", "LAV ES", "LBT TN", "LCO CL", "LCR LY", "LDX AT", "LER VE",
    "LGL LU", "LGT GB", "LGW DE", "LHA CN", "LIA AG", "LKE CN", "LLM RU", "LLR IN", "LMJ PT",
    "LMU EG", "LNE EC", "LNI ID", "LNK ZA", "LNX GB", "LOG GB", "LOT PL", "LPE PE", "LRC CR",
    "LRQ LU", "LTG BR", "LWA LY", "LXA LU", "LXG DE", "LXJ US", "LYM US", "LZB BG", "MAA MX",
    "MAC MA", "MAL CA", "MAS MY", "MAU MU", "MAY MT", "MBU EE", "MDA TW", "MDG MG", "MDT NO",
    "MEA LB", "MEM UA", "MGL MN", "MGX ME", "MJF AT", "MJN OM", "MLD MD", "MLM MT", "MMA MM",
    "MMD DK", "MMZ PT", "MNB TR", "MNE ME", "MNO ZA", "MON GB", "MOZ AT", "MPH NL", "MRA US",
    "MRJ IR", "MSA IT", "MSC EG", "MSI UA", "MSR EG", "MSX EG", "MTL LV", "MTN US", "MWG MY",
    "MXD MY", "MXU AE", "MXY US", "MYW GE", "MYX EE", "NAC US", "NAF NL", "NAX NO", "NBT NO",
    "NCA JP", "NCG NL", "NCR US", "NIA EG", "NJE PT", "NJU GB", "NKS US", "NMA EG", "NMB NA",
    "NOK TH", "NOS IT", "NOW NO", "NOZ NO", "NPT GB", "NRL CA", "NRS GB", "NSE CO", "NSZ SE",
    "NVD LT", "NVQ BD", "NVR SE", "NWK AU", "NWS RU", "OAE US", "OAL GR", "OAW CH", "OBS PT",
    "OCN DE", "OHY TR", "OKA CN", "OMA OM", "OMS OM", "ORF OM", "OYA LY", "PAC US", "PAG CA",
    "PAL PH", "PAT US", "PAV DE", "PBD RU", "PDT US", "PGA PT", "PGT TR", "PIA PK", "PIC VN",
    "PJS CH", "PLF PL", "PNC RS", "POE CA", "PSC CA", "PTB BR", "PTI CH", "PUE ES", "PVG ES",
    "PVL CA", "QAF QA", "QDA CN", "QFA AU", "QFZ IR", "QLK AU", "QNT UZ", "QQE QA", "QSM IR",
    "QTR QA", "QXE US", "RAM MA", "RBA BN", "RBG EG", "RCH US", "REU FR", "REV GB", "RFF RU",
    "RHH TR", "RJA JO", "RLH CN", "RLU RU", "RMY MY", "RNA NP", "ROF RO", "ROJ AE", "ROT RO",
    "ROU CA", "RPA US", "RPB CO", "RRR GB", "RSB BY", "RSD RU", "RSF SA", "RSY RU", "RUK GB",
    "RUN TR", "RVP PT", "RWD RW", "RWZ RU", "RXA AU", "RXI SA", "RYL PH", "RYR IE", "RYS PL",
    "RYW JO", "RZO PT", "SAA ZA", "SAT PT", "SAW SY", "SAZ CH", "SBI RU", "SCR DE", "SCW SE",
    "SCX US", "SDG IN", "SDM RU", "SDR DE", "SEH GR", "SEJ IN", "SEP PK", "SEY SC", "SFJ JP",
    "SFR ZA", "SHI IR", "SHT GB", "SHU RU", "SIA SG", "SIF PK", "SIL US", "SJO JP", "SJV ID",
    "SJX TW", "SJY ID", "SKK TG", "SKU CL", "SKW US", "SKX PE", "SKY JP", "SLI MX", "SLK SG",
    "SLM SR", "SMR TJ", "SNJ JP", "SNM IT", "SOO US", "SOV RU", "SPM FR", "SQC SG", "SQP UA",
    "SQS ID", "SRK CH", "SRN PL", "SRQ PH", "SRR DK", "SSF RU", "SSG SK", "STK IE", "STW TR",
    "SUB US", "SUD SD", "SUI CH", "SUS DK", "SVA SA", "SVF SE", "SVR RU", "SVW LU", "SWA US",
    "SWG CA", "SWN SE", "SWQ US", "SWR CH", "SWT ES", "SWU IT", "SXN GB", "SXS TR", "SYL RU",
    "SYR SY", "SYS GB", "SZN SN", "SZS IE", "TAH TR", "TAI SV", "TAM BR", "TAP PT", "TAR TN",
    "TAX TH", "TAY BE", "TBA CN", "TBN IR", "TBZ IR", "TCV CV", "TCX GB", "TDR HR", "TEU MT",
    "TFL NL", "TFX AU", "TGG AU", "TGN ID", "TGW SG", "TGZ GE", "THA TH", "THD TH", "THT FR",
    "THY TR", "TIE CZ", "TJK TJ", "TJS AT", "TJT FR", "TKJ TR", "TLM TH", "TNO MX", "TNU ID",
    "TOM GB", "TPA CO", "TRA NL", "TSC CA", "TTL BR", "TTW TW", "TUA TM", "TUI DE", "TUP RU",
    "TUX TN", "TVF FR", "TVJ TH", "TVL HU", "TVP PL", "TVQ SK", "TVR MD", "TVS CZ", "TWB KR",
    "TWI TR", "TWY US", "TXC BY", "TYA RU", "TYW AT", "TZP JP", "UAE AE", "UAF AE", "UAL US",
    "UBA MM", "UBD IQ", "UBG BD", "UCA US", "UEA CN", "UGD UG", "UIA TW", "UKL UA", "UPS US",
    "USC US", "UTA RU", "UTN UA", "UTY AU", "UZB UZ", "VAG VN", "VAJ SM", "VAS RU", "VCG GB",
    "VCV VE", "VDA RU", "VFC VN", "VIP GB", "VIR GB", "VIV MX", "VJA US", "VJC VN", "VJT MT",
    "VKG DK", "VLG ES", "VLJ FR", "VOC CR", "VOE ES", "VOI MX", "VOZ AU", "VPE PE", "VRE CI",
    "VRH IR", "VSV KZ", "VTA FR", "VTE US", "VTI IN", "VTM MX", "VVC CO", "VXP US", "WAZ AE",
    "WDL DE", "WEN CA", "WFL ES", "WGN US", "WHT PT", "WIA NL", "WIF NO", "WIG US", "WJA CA",
    "WMT MT", "WON ID", "WOW IS", "WPT PT", "WRC UA", "WUK GB", "WZZ HU", "XAX MY", "XLR BH",
    "XOJ US", "XRO NL", "YZR CN",
};

static int compare(const void *designator, const void *row)
{
    return memcmp(designator, row, 3);
}

const char *ovf_operators_known(const char *designator)
{
    const char(*const row)[7] =
        strlen(designator) == 3
            ? bsearch(designator, known, sizeof known / sizeof *known, sizeof *known, compare)
            : NULL;
    return row != NULL ? *row + 4 : "";
}
