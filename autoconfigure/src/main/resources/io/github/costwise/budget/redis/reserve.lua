-- Holds what a call may cost, on all of its accounts or on none.
-- ARGV[3] id of the hold, [4] for how long it is held, [5] id of the hold that it draws on or nothing,
--     [6] least, [7] most, [8] safe tokens, [9] share, [10] '1' if the least is firm; then for each account
--     account, span, limit, carry, kept, fixed, per token, on expiry (-1 for all), '1' if it is enforced
-- Returns 'ok', the cap, and the places of the accounts that would have refused it if their limits were kept;
--     'stale', the time; or 'no', the time, and for each account without room its place, the reason, what is needed,
--     the time of room or nothing, and the account
local USEFUL = 16

local known = holding(ARGV[3])
if known then
  return { 'ok', text(known.cap) }
end

local range = { least = tonumber(ARGV[6]), most = tonumber(ARGV[7]), safe = tonumber(ARGV[8]),
  share = tonumber(ARGV[9]), firm = ARGV[10] == '1' }
local around = ARGV[5] ~= '' and holding(ARGV[5]) or nil
local demands = {}
for i = 11, #ARGV, 9 do
  local demand = { account = ARGV[i], span = span(ARGV[i + 1]), limit = read(ARGV[i + 2]), carry = read(ARGV[i + 3]),
    kept = read(ARGV[i + 4]), fixed = read(ARGV[i + 5]), perToken = read(ARGV[i + 6]), expiry = ARGV[i + 7],
    enforced = ARGV[i + 8] == '1', around = live(around, ARGV[i]) }
  local ends = demand.span.ends
  if ends and not demand.around and (now < demand.span.from or now >= ends) then
    return { 'stale', text(now) }
  end
  demands[#demands + 1] = demand
end

local function needs(demand, tokens)
  return demand.fixed + times(demand.perToken, tokens)
end

-- The most tokens that an amount is enough for, -1 when it is not enough for the fixed part.
local function tokens(demand, amount, top)
  local rest = amount - demand.fixed
  if less(rest, 0) then
    return -1
  elseif isZero(demand.perToken) then
    return top
  end
  local count = math.floor(near(rest) / near(demand.perToken))
  if count > top + 1 then
    return top
  end
  while less(rest, times(demand.perToken, count)) do
    count = count - 1
  end
  while not less(rest, times(demand.perToken, count + 1)) do
    count = count + 1
  end
  return math.min(top, count)
end

local function leastTokens(demand, all)
  if range.firm and (range.share == 1 or tokens(demand, all, range.least) == range.least) then
    return range.least
  end
  local half = tokens(demand, divided(all, 2), range.least)
  return math.max(1, half >= USEFUL and half or tokens(demand, all, range.least))
end

local function within(demand, needed, free)
  local wide = isZero(demand.perToken) and range.most or tokens(demand, divided(free, range.share), range.most)
  return wide >= range.most and range.most or math.max(needed, math.min(wide, range.safe))
end

-- When no more than an amount counts in a window that reaches back.
local function falls(window, allowed)
  local rest, last = window.spent, nil
  local bookings = redis.call('ZRANGEBYSCORE', window.key .. ':bookings', '(' .. text(window.oldest), '+inf',
    'WITHSCORES')
  for i = 1, #bookings, 2 do
    if not less(allowed, rest) then
      break
    end
    rest, last = rest - read(string.match(bookings[i], ':(%d+)$')), tonumber(bookings[i + 1])
  end
  return last and text(last + window.span.length) or ''
end

local function roomOf(window, needed)
  if window.span.length then
    return falls(window, limit(window) - needed)
  end
  return window.span.ends and text(window.span.ends) or ''
end

local cap, watched, refused = range.most, {}, {}

local function refuse(place, window, reason, needed, time)
  refused[#refused + 1] = text(place - 1)
  refused[#refused + 1] = reason
  refused[#refused + 1] = text(needed)
  refused[#refused + 1] = time
  add(refused, window)
end

-- Of what another hold holds still, all may be used.
local function draw(place, demand)
  local free = demand.around.amount
  local floor = leastTokens(demand, free)
  local needed = needs(demand, floor)
  demand.window = find(demand.account, demand.around.window) or vanished(demand.account, demand.around.window)
  if not less(free, needed) then
    cap = math.min(cap, within(demand, floor, free))
  else
    refuse(place, demand.window, 'DRAWN', needed, '')
  end
end

local function check(place, demand)
  local window = open(demand.account, demand.span)
  demand.window = window
  if window.span.name ~= demand.span.name then
    window.span = demand.span
    redis.call('HSET', window.key, 'span', demand.span.name)
  end
  move(window)
  allow(window, demand.limit, demand.carry)
  local all = limit(window)
  local top = all - demand.kept
  local free = top - window.spent - window.held
  local floor = leastTokens(demand, all)
  local needed = needs(demand, floor)
  if not less(free, needed) or isZero(needed) then
    cap = demand.enforced and math.min(cap, within(demand, floor, free)) or cap
  elseif not demand.enforced then
    watched[#watched + 1] = text(place - 1)
  elseif less(top, needed) then
    refuse(place, window, 'NEVER_FITS', needed, '')
  elseif less(top - window.spent, needed) then
    refuse(place, window, 'SPENT', needed, roomOf(window, needed + demand.kept))
  else
    refuse(place, window, 'HOLDS', needed, '')
  end
end

for place, demand in ipairs(demands) do
  if demand.around then
    draw(place, demand)
  else
    check(place, demand)
  end
end
if #refused > 0 then
  return { 'no', text(now), unpack(refused) }
end

local time = tonumber(ARGV[4])
local parts = {}
for place, demand in ipairs(demands) do
  local amount, window, drawn = needs(demand, cap), demand.window, demand.around
  local id = drawn and drawn.window or window.span.id
  parts[place] = { account = demand.account, window = id, amount = amount,
    expiry = demand.expiry == '-1' and amount or read(demand.expiry), drawn = drawn and true or nil }
  if drawn then
    drawn.amount = drawn.amount - amount
  end
  if window.key then
    hold(window, drawn and 0 or amount, 1)
    save(window)
    if time > DAY / 4 then
      keepWindow(demand.account, id, time + DAY)
    end
  end
end
if around and around.stage == 'held' then
  keepHold(around)
end
keepHold({ id = ARGV[3], stage = 'held', at = now, cap = cap, within = around and around.id, parts = parts })
redis.call('ZADD', space .. 'holds', text(now + time), ARGV[3])
return { 'ok', text(cap), unpack(watched) }
