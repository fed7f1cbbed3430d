-- What is booked in windows.
local MOST = 512
local GRAINS = 256

-- Those within a grain of time count as one, as long as the latest of them does.
local function merge(bookings, length)
  local known = redis.call('ZRANGE', bookings, 0, -1, 'WITHSCORES')
  local grain, merged, begin, last = math.floor(length / GRAINS), {}, nil, nil
  for i = 1, #known, 2 do
    local number, digits = string.match(known[i], '^(%d+):(%d+)$')
    local time = tonumber(known[i + 1])
    if begin and time - begin < grain then
      last.amount = last.amount + read(digits)
    else
      begin, last = time, { amount = read(digits) }
      merged[#merged + 1] = last
    end
    last.number, last.time = number, known[i + 1]
  end
  redis.call('DEL', bookings)
  for _, one in ipairs(merged) do
    redis.call('ZADD', bookings, one.time, one.number .. ':' .. text(one.amount))
  end
end

local function insert(window, at, amount)
  local bookings = window.key .. ':bookings'
  local known = redis.call('ZCARD', bookings)
  if known >= MOST then
    redis.call('ZREMRANGEBYSCORE', bookings, '-inf', text(window.oldest))
    if redis.call('ZCARD', bookings) >= MOST then
      merge(bookings, window.span.length)
    end
    known = 0
  end
  local number = redis.call('HINCRBY', window.key, 'number', 1)
  redis.call('ZADD', bookings, text(at), text(number) .. ':' .. text(amount))
  if known == 0 then
    redis.call('PEXPIRE', bookings, math.max(1, redis.call('PTTL', window.key)))
  end
  return at > window.oldest and amount or 0
end

-- Takes from bookings, and returns what is missing still.
local function drain(bookings, found, missing)
  for i = 1, #found, 2 do
    if isZero(missing) then
      return missing
    end
    local number, digits = string.match(found[i], '^(%d+):(%d+)$')
    local taken = least(missing, read(digits))
    redis.call('ZREM', bookings, found[i])
    if less(taken, read(digits)) then
      redis.call('ZADD', bookings, found[i + 1], number .. ':' .. text(read(digits) - taken))
    end
    missing = missing - taken
  end
  return missing
end

-- First from what was booked at the time, then from what was booked next to it.
local function take(window, at, amount)
  if at <= window.oldest then
    return 0
  end
  local bookings = window.key .. ':bookings'
  local missing = drain(bookings, redis.call('ZRANGEBYSCORE', bookings, text(at), '+inf', 'WITHSCORES'), amount)
  missing = drain(bookings, redis.call('ZREVRANGEBYSCORE', bookings, '(' .. text(at), '(' .. text(window.oldest),
    'WITHSCORES'), missing)
  return missing - amount
end

-- Books an amount, or takes one away where it is below zero; who does so saves the window.
local function book(window, at, amount)
  local change = amount
  if window.span.length and less(amount, 0) then
    change = take(window, at, -amount)
  elseif window.span.length and less(0, amount) then
    change = insert(window, at, amount)
  end
  if not isZero(change) then
    local before = percent(window)
    window.spent = window.spent + change
    rank(window, before)
  end
end

-- Books something of a call that has no hold, or does not where its window is known no more.
-- Returns the window, or the latest one
local function bookAlone(account, of, most, amount, at)
  local window, other = openAlone(account, of)
  if not window then
    return other
  end
  if not window.allowed then
    allow(window, most, 0)
  end
  move(window)
  book(window, at, amount)
  save(window)
  return window
end

-- Changes what is held; who does so saves the window.
local function hold(window, amount, holds)
  window.held, window.holds = window.held + amount, window.holds + holds
end

-- Lets those who wait know that there may be room. Where publishing is not allowed, they find the count changed.
-- ARGV[2] the channel
local function room()
  redis.call('INCR', base .. 'room')
  redis.pcall('PUBLISH', ARGV[2], 'room')
end
