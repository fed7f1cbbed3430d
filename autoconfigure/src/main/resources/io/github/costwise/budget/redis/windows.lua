-- Windows of accounts. Times are whole microseconds, which a double holds exactly until the year 2255.
--   w:<window>:<account>   what is spent and held in a window, a hash
--   a:<account>            the windows of an account by their beginnings, the latest four
--   b:<budget>             the owners of a budget by how much percent they spent when it was seen last
--   budgets                the budgets
-- A span is 't' for ever, 'r<length>' for one that reaches back, or '<from>-<until>'.
local DAY = 86400 * 1e6
local KEPT = 4

local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1e6 + time[2]
end

local function span(name)
  local kind = string.sub(name, 1, 1)
  if kind == 't' then
    return { name = name, id = name, from = -1 }
  elseif kind == 'r' then
    return { name = name, id = kind, from = -1, length = tonumber(string.sub(name, 2)) }
  end
  local from, ends = string.match(name, '^(%d+)-(%d+)$')
  return { name = name, id = name, from = tonumber(from), ends = tonumber(ends) }
end

local function key(account, id)
  return space .. 'w:' .. id .. ':' .. account
end

local function blank(account, of)
  return { account = account, span = of, limit = 0, carry = 0, raised = 0, left = 0, spent = 0,
    held = 0, holds = 0 }
end

-- Stands for the window of a hold that outlived it.
local function vanished(account, id)
  return blank(account, span(id == 'r' and 't' or id))
end

local function find(account, id)
  local name = key(account, id)
  local known = redis.call('HMGET', name, 'span', 'limit', 'carry', 'raised', 'raised-until', 'left', 'before', 'spent',
    'held', 'holds', 'oldest', 'used')
  if not known[1] then
    return nil
  end
  return {
    key = name, account = account, span = span(known[1]), allowed = known[2], limit = read(known[2]),
    carry = read(known[3]), raised = read(known[4]), raisedUntil = tonumber(known[5] or nil), left = read(known[6]),
    before = known[7], spent = read(known[8]), held = read(known[9]), holds = tonumber(known[10] or 0),
    oldest = tonumber(known[11] or nil), used = tonumber(known[12] or 0)
  }
end

-- What the window before left over; what calls in flight hold there still is not.
local function left(window)
  local last = window.before and find(window.account, window.before)
  if not last then
    return window.left
  end
  return most(0, last.limit + least(last.carry, last.left) - last.spent - last.held)
end

local function limit(window)
  local own = window.limit + window.raised
  return isZero(window.carry) and own or own + least(window.carry, left(window))
end

local function percent(window)
  local all = near(limit(window))
  return all <= 0 and 100 or math.floor(100 * near(window.spent) / all)
end

local function owner(account)
  local slash = string.find(account, '/', 1, true)
  return space .. 'b:' .. string.sub(account, 1, slash - 1), string.sub(account, slash + 1)
end

local function rank(window, before)
  local now = percent(window)
  if now ~= before then
    local index, name = owner(window.account)
    redis.call('ZADD', index, text(now), name)
  end
end

-- Writes an account into an answer.
local function add(answer, window)
  local fields = { window.account, window.span.name, text(limit(window)), text(window.spent),
    text(window.held), text(window.holds) }
  for i = 1, #fields do
    answer[#answer + 1] = fields[i]
  end
end

local function save(window)
  redis.call('HSET', window.key, 'spent', text(window.spent), 'held', text(window.held), 'holds', text(window.holds))
end

local function allow(window, most, carry)
  if not window.allowed or not same(window.limit, most) or not same(window.carry, carry) then
    window.allowed, window.limit, window.carry = true, most, carry
    redis.call('HSET', window.key, 'limit', text(most), 'carry', text(carry))
  end
end

-- Keeps a key at least for a time.
local function keep(name, time)
  local rest = redis.call('PTTL', name)
  if rest ~= -1 and rest * 1e3 < time then
    redis.call('PEXPIRE', name, text(math.ceil(time / 1e3)))
  end
end

local function keepWindow(account, id, time)
  keep(key(account, id), time)
  keep(key(account, id) .. ':bookings', time)
  keep(space .. 'a:' .. account, time)
end

-- A window is kept for as long as three others, and at least for a day; without an end it is kept for ever, and one
-- that reaches back until long after the last call.
local function kept(of)
  if of.length then
    return 2 * of.length + DAY
  end
  return of.ends and math.max(0, of.ends - now) + math.max((KEPT - 1) * (of.ends - of.from), DAY)
end

-- Where so many windows began since that this one is known no more, the latest of them.
local function instead(account, of)
  local index = space .. 'a:' .. account
  local first = of.ends and redis.call('ZRANGE', index, 0, 0, 'WITHSCORES') or {}
  if #first == 0 or of.from >= tonumber(first[2]) or redis.call('ZCARD', index) < KEPT then
    return nil
  end
  return find(account, redis.call('ZRANGE', index, -1, -1)[1])
end

-- What the window before left over may be carried over.
local function follow(window)
  local index = space .. 'a:' .. window.account
  local id = redis.call('ZREVRANGEBYSCORE', index, '(' .. text(window.span.from), 0, 'LIMIT', 0, 1)[1]
  local last = id and find(window.account, id)
  if not last then
    return
  end
  redis.call('HSET', last.key, 'left', text(left(last)))
  redis.call('HDEL', last.key, 'before')
  window.limit, window.carry, window.allowed = last.limit, last.carry, last.allowed
  if last.span.ends == window.span.from then
    window.before = id
  else
    window.left = last.limit
  end
end

local function enlist(window)
  local index = space .. 'a:' .. window.account
  redis.call('ZADD', index, text(window.span.from), window.span.id)
  local time = kept(window.span)
  if not time then
    redis.call('PERSIST', index)
  elseif redis.call('ZCARD', index) == 1 then
    redis.call('PEXPIRE', index, text(math.ceil(time / 1e3)))
  else
    keep(index, time)
  end
  for _, id in ipairs(redis.call('ZRANGE', index, 0, -KEPT - 1)) do
    local name = key(window.account, id)
    if tonumber(redis.call('HGET', name, 'holds') or 0) == 0 then
      redis.call('UNLINK', name)
    end
    redis.call('ZREM', index, id)
  end
  local budget, name = owner(window.account)
  redis.call('ZADD', budget, 'NX', 0, name)
  redis.call('SADD', space .. 'budgets', string.sub(budget, #space + 3))
end

local function begin(account, of)
  local window = blank(account, of)
  window.key, window.oldest, window.used = key(account, of.id), of.length and now - of.length, now
  local other = instead(account, of)
  if other then
    -- what was spent in the latest window counts in one that is known no more
    window.limit, window.carry, window.allowed, window.spent = other.limit, other.carry, other.allowed, other.spent
  elseif of.ends then
    follow(window)
  end
  redis.call('HSET', window.key, 'span', of.name, 'left', text(window.left), 'spent', text(window.spent))
  if window.before then
    redis.call('HSET', window.key, 'before', window.before)
  end
  if window.allowed then
    redis.call('HSET', window.key, 'limit', text(window.limit), 'carry', text(window.carry))
  end
  if window.oldest then
    redis.call('HSET', window.key, 'oldest', text(window.oldest), 'used', text(now))
  end
  if kept(of) then
    redis.call('PEXPIRE', window.key, text(math.ceil(kept(of) / 1e3)))
  end
  if not other then
    enlist(window)
  end
  return window
end

local function open(account, of)
  return find(account, of.id) or begin(account, of)
end

-- Returns a window for something that nobody admitted; where it is known no more, nothing and the latest one.
local function openAlone(account, of)
  local window = find(account, of.id)
  local other = not window and instead(account, of)
  return window or not other and begin(account, of) or nil, other
end

-- Sums up what a window that reaches back has in it now. Its bookings lie in a sorted set by their times, each as
-- '<number>:<amount>'. Those that lie further ahead than it is long, since the clock went back, count as of now.
local function shift(window)
  local bookings, length, before = window.key .. ':bookings', window.span.length, window.oldest
  local oldest = now - length
  if oldest == before then
    return
  end
  local function sum(from, to)
    local all = 0
    for _, one in ipairs(redis.call('ZRANGEBYSCORE', bookings, '(' .. text(from), to)) do
      all = all + read(string.match(one, ':(%d+)$'))
    end
    return all
  end
  if before < oldest and oldest < before + length then
    window.spent = window.spent - sum(before, text(oldest))
  else
    window.spent = sum(oldest, '+inf')
  end
  if oldest < before then
    for _, one in ipairs(redis.call('ZRANGEBYSCORE', bookings, '(' .. text(now + length), '+inf')) do
      redis.call('ZADD', bookings, text(now + length), one)
    end
  end
  window.oldest = oldest
  redis.call('HSET', window.key, 'oldest', text(oldest), 'spent', text(window.spent))
end

-- Goes to the present time. A raise of a window that reaches back ends.
local function move(window)
  if window.span.length then
    shift(window)
    if math.abs(now - window.used) > DAY / 4 then
      keepWindow(window.account, window.span.id, kept(window.span))
      redis.call('HSET', window.key, 'used', text(now))
    end
  end
  if window.raisedUntil and now >= window.raisedUntil then
    window.raised, window.raisedUntil = 0, nil
    redis.call('HDEL', window.key, 'raised', 'raised-until')
  end
end
