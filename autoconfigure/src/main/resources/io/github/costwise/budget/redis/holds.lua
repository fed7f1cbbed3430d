-- Holds of calls.
--   h:<id>   a hold, packed by name: its stage ('held', 'expired', 'over'), when it began, the cap, the id of the one
--            that it draws on, and its parts: account, window, amount, expiry (what is booked when it expires), drawn
--   holds    those that are held, by the times at which they expire
local ENDED = 3600 * 1e3
local LATE = 86400 * 1e3

local function holding(id)
  local packed = redis.call('GET', space .. 'h:' .. id)
  local one = packed and cmsgpack.unpack(packed)
  if one then
    one.id = id
    for _, held in ipairs(one.parts or {}) do
      held.amount, held.expiry = read(held.amount), read(held.expiry)
    end
  end
  return one
end

-- Writes a hold, for some milliseconds or for ever.
local function keepHold(one, time)
  local parts = {}
  for i, held in ipairs(one.parts) do
    parts[i] = { account = held.account, window = held.window, amount = text(held.amount), expiry = text(held.expiry),
      drawn = held.drawn }
  end
  local packed = cmsgpack.pack({ stage = one.stage, at = one.at, cap = one.cap, within = one.within, parts = parts })
  if time then
    redis.call('SET', space .. 'h:' .. one.id, packed, 'PX', time)
  else
    redis.call('SET', space .. 'h:' .. one.id, packed)
  end
end

-- Remembers that a call is over.
local function forget(id, cap)
  redis.call('SET', space .. 'h:' .. id, cmsgpack.pack({ stage = 'over', cap = cap }), 'PX', ENDED)
end

-- What a hold holds of an account, or nothing when that is no more.
local function live(one, account)
  for _, held in ipairs(one and one.stage == 'held' and one.parts or {}) do
    if held.account == account then
      return held
    end
  end
  return nil
end

-- What was drawn from another hold and not spent goes back; what is missing is drawn as well.
local function giveBack(around, held, window, rest)
  local other = held.drawn and live(around, held.account)
  if other then
    local change = most(-other.amount, rest)
    other.amount = other.amount + change
    keepHold(around)
    if window then
      hold(window, change, 0)
    end
  end
end

-- Ends a hold: it holds nothing more, and what was booked when it expired is corrected.
-- spent: what is booked of a part; done: called with each part and its window
local function finish(one, spent, done)
  local late, around = one.stage == 'expired', one.within and holding(one.within)
  for _, held in ipairs(one.parts) do
    local window = find(held.account, held.window)
    local expiry = least(held.expiry, held.amount)
    local used = spent(held, expiry)
    if window then
      if not late then
        hold(window, -held.amount, -1)
      end
      book(window, one.at, late and used - expiry or used)
    end
    giveBack(around, held, window, (late and expiry or held.amount) - used)
    if window then
      save(window)
    end
    if done then
      done(held, window, used)
    end
  end
  redis.call('ZREM', space .. 'holds', one.id)
end
