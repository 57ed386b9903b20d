import type { Sector } from '../sectors.js';

/**
 * Standard Industrial Classification (1987 edition, with the codes the SEC assigns) to the sector in which most listed
 * companies of the code stand today. First code, last code, sector; ascending, without overlap; a code in no range has
 * no sector. A code speaks of what is made or done, a sector of who buys it and how the firm earns: see the limits in
 * docs/concepts/sectors.md.
 */
export const SIC_SECTORS: readonly (readonly [number, number, Sector])[] = [
  // Agriculture, forestry, fishing
  [100, 799, 'consumer-staples'],
  [800, 899, 'materials'],
  [900, 999, 'consumer-staples'],
  // Mining
  [1000, 1199, 'materials'],
  [1200, 1399, 'energy'],
  [1400, 1499, 'materials'],
  // Construction: home builders, then heavy and special trade
  [1500, 1549, 'consumer-discretionary'],
  [1600, 1799, 'industrials'],
  // Food and tobacco
  [2000, 2199, 'consumer-staples'],
  // Textiles and apparel
  [2200, 2399, 'consumer-discretionary'],
  // Lumber; manufactured and mobile homes
  [2400, 2449, 'materials'],
  [2450, 2459, 'consumer-discretionary'],
  [2460, 2499, 'materials'],
  // Furniture for the home, for the office
  [2500, 2519, 'consumer-discretionary'],
  [2520, 2599, 'industrials'],
  // Paper; sanitary paper products
  [2600, 2675, 'materials'],
  [2676, 2676, 'consumer-staples'],
  [2677, 2699, 'materials'],
  // Publishing, then commercial printing
  [2700, 2749, 'communication-services'],
  [2750, 2799, 'industrials'],
  // Chemicals, drugs, soap and cosmetics
  [2800, 2829, 'materials'],
  [2830, 2836, 'health-care'],
  [2840, 2844, 'consumer-staples'],
  [2850, 2899, 'materials'],
  // Petroleum refining; asphalt and roofing
  [2900, 2911, 'energy'],
  [2950, 2952, 'materials'],
  [2990, 2999, 'energy'],
  // Rubber, plastics, leather, stone, glass
  [3000, 3019, 'consumer-discretionary'],
  [3020, 3021, 'consumer-discretionary'],
  [3050, 3099, 'materials'],
  [3100, 3199, 'consumer-discretionary'],
  [3200, 3299, 'materials'],
  // Metals; cans
  [3300, 3399, 'materials'],
  [3400, 3412, 'materials'],
  [3420, 3499, 'industrials'],
  // Machinery; oil field machinery; computers and office machines
  [3500, 3532, 'industrials'],
  [3533, 3533, 'energy'],
  [3534, 3569, 'industrials'],
  [3570, 3579, 'technology'],
  [3580, 3599, 'industrials'],
  // Electrical equipment; household appliances and audio; communications and components
  [3600, 3629, 'industrials'],
  [3630, 3639, 'consumer-discretionary'],
  [3640, 3649, 'industrials'],
  [3650, 3659, 'consumer-discretionary'],
  [3660, 3689, 'technology'],
  [3690, 3692, 'industrials'],
  [3693, 3693, 'health-care'],
  [3694, 3694, 'consumer-discretionary'],
  [3695, 3695, 'technology'],
  [3699, 3699, 'industrials'],
  // Vehicles; trucks, aircraft, ships, rail; motorcycles, campers
  [3700, 3711, 'consumer-discretionary'],
  [3713, 3713, 'industrials'],
  [3714, 3714, 'consumer-discretionary'],
  [3715, 3715, 'industrials'],
  [3716, 3716, 'consumer-discretionary'],
  [3720, 3749, 'industrials'],
  [3750, 3751, 'consumer-discretionary'],
  [3760, 3769, 'industrials'],
  [3790, 3792, 'consumer-discretionary'],
  [3795, 3799, 'industrials'],
  // Instruments: navigation, measuring, laboratory, medical, photographic, clocks
  [3810, 3812, 'industrials'],
  [3820, 3825, 'technology'],
  [3826, 3826, 'health-care'],
  [3827, 3829, 'technology'],
  [3840, 3851, 'health-care'],
  [3860, 3861, 'technology'],
  [3870, 3873, 'consumer-discretionary'],
  // Jewellery, toys, sports goods; other manufacturing
  [3900, 3949, 'consumer-discretionary'],
  [3950, 3999, 'industrials'],
  // Transport; pipelines; travel agencies
  [4000, 4599, 'industrials'],
  [4600, 4699, 'energy'],
  [4700, 4700, 'consumer-discretionary'],
  [4720, 4729, 'consumer-discretionary'],
  [4730, 4799, 'industrials'],
  // Communications; power, gas transmission, water; waste
  [4800, 4899, 'communication-services'],
  [4900, 4911, 'utilities'],
  [4920, 4923, 'energy'],
  [4924, 4949, 'utilities'],
  [4950, 4959, 'industrials'],
  [4960, 4991, 'utilities'],
  // Wholesale of durable goods
  [5000, 5009, 'industrials'],
  [5010, 5039, 'consumer-discretionary'],
  [5040, 5045, 'technology'],
  [5046, 5046, 'industrials'],
  [5047, 5048, 'health-care'],
  [5050, 5052, 'materials'],
  [5060, 5063, 'industrials'],
  [5064, 5064, 'consumer-discretionary'],
  [5065, 5065, 'technology'],
  [5070, 5089, 'industrials'],
  [5090, 5099, 'consumer-discretionary'],
  // Wholesale of nondurable goods
  [5110, 5113, 'industrials'],
  [5120, 5122, 'health-care'],
  [5130, 5139, 'consumer-discretionary'],
  [5140, 5159, 'consumer-staples'],
  [5160, 5169, 'materials'],
  [5170, 5172, 'energy'],
  [5180, 5182, 'consumer-staples'],
  [5190, 5199, 'consumer-discretionary'],
  // Retail: general merchandise of low price, food and drug stores are staples
  [5200, 5311, 'consumer-discretionary'],
  [5330, 5331, 'consumer-staples'],
  [5390, 5399, 'consumer-staples'],
  [5400, 5499, 'consumer-staples'],
  [5500, 5899, 'consumer-discretionary'],
  [5900, 5900, 'consumer-discretionary'],
  [5910, 5912, 'consumer-staples'],
  [5920, 5999, 'consumer-discretionary'],
  // Banks, brokers, insurers; health plans; agents
  [6000, 6299, 'financials'],
  [6300, 6321, 'financials'],
  [6324, 6324, 'health-care'],
  [6330, 6411, 'financials'],
  // Real estate; holding and royalty companies, trusts (6770, blank cheques, has none)
  [6500, 6599, 'real-estate'],
  [6700, 6726, 'financials'],
  [6792, 6792, 'energy'],
  [6795, 6795, 'materials'],
  [6798, 6798, 'real-estate'],
  [6799, 6799, 'financials'],
  // Hotels and personal services
  [7000, 7299, 'consumer-discretionary'],
  // Advertising; credit bureaus; other business services; software and data processing
  [7310, 7319, 'communication-services'],
  [7320, 7369, 'industrials'],
  [7370, 7379, 'technology'],
  [7380, 7389, 'industrials'],
  // Repair, leasing of vehicles
  [7500, 7509, 'industrials'],
  [7510, 7519, 'industrials'],
  [7600, 7699, 'industrials'],
  // Film, television, video rental; leisure
  [7800, 7841, 'communication-services'],
  [7900, 7999, 'consumer-discretionary'],
  // Health services; law, education, child care, engineering and research
  [8000, 8099, 'health-care'],
  [8110, 8119, 'industrials'],
  [8200, 8399, 'consumer-discretionary'],
  [8700, 8730, 'industrials'],
  [8731, 8734, 'health-care'],
  [8740, 8748, 'industrials'],
];
