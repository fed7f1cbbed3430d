-- Exact amounts of 64 bits. Lua counts in doubles, which are exact up to 2^53 only: what has up to 15 digits is a
-- number, of which a few may be added up; what has more is a pair, {high, low}, worth high * 1e9 + low with
-- 0 <= low < 1e9. Both may be added and subtracted by + and -; they are compared by less, same and isZero.
local EXACT_DIGITS = 15
local EXACT = 9e15
local Pair = {}

local function pair(high, low)
  local carry = math.floor(low / 1e9)
  return setmetatable({ high + carry, low - carry * 1e9 }, Pair)
end

local function toPair(a)
  return type(a) == 'table' and a or pair(0, a)
end

function Pair.__add(a, b)
  a, b = toPair(a), toPair(b)
  return pair(a[1] + b[1], a[2] + b[2])
end

function Pair.__sub(a, b)
  a, b = toPair(a), toPair(b)
  return pair(a[1] - b[1], a[2] - b[2])
end

function Pair.__unm(a)
  return pair(-a[1], -a[2])
end

local function less(a, b)
  if type(a) == 'number' and type(b) == 'number' then
    return a < b
  end
  a, b = toPair(a), toPair(b)
  return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2])
end

local function same(a, b)
  return not less(a, b) and not less(b, a)
end

local function isZero(a)
  return a == 0 or (type(a) == 'table' and a[1] == 0 and a[2] == 0)
end

local function least(a, b)
  return less(a, b) and a or b
end

local function most(a, b)
  return less(a, b) and b or a
end

-- Times a whole number from 0 to 2^31.
local function times(a, by)
  local product = type(a) == 'number' and a * by
  if product and product < EXACT then
    return product
  end
  a = toPair(a)
  local upper = math.floor(a[2] / 1e5)
  local middle = upper * by
  local carry = math.floor(middle / 1e4)
  return pair(a[1] * by + carry, (a[2] - upper * 1e5) * by + (middle - carry * 1e4) * 1e5)
end

-- Divided by a whole number from 1 to 2^31, rounded down.
local function divided(a, by)
  if type(a) == 'number' then
    return math.floor(a / by)
  end
  local high = math.floor(a[1] / by)
  local upper = math.floor(a[2] / 1e6)
  local rest = (a[1] - high * by) * 1e3 + upper
  local middle = math.floor(rest / by)
  return pair(high, middle * 1e6 + math.floor(((rest - middle * by) * 1e6 + a[2] - upper * 1e6) / by))
end

-- As a double, for what need not be exact.
local function near(a)
  return type(a) == 'number' and a or a[1] * 1e9 + a[2]
end

local text
function text(a)
  if type(a) == 'number' then
    return string.format('%.0f', a + 0) -- no -0
  elseif a[1] < 0 then
    return '-' .. text(-a)
  end
  return a[1] == 0 and string.format('%.0f', a[2]) or string.format('%.0f%09d', a[1], a[2])
end

-- Reads a whole number; what is not there is zero.
local function read(digits)
  if not digits then
    return 0
  elseif #digits <= EXACT_DIGITS then
    return tonumber(digits)
  end
  local positive = string.byte(digits) == 45 and string.sub(digits, 2) or digits
  local value = pair(tonumber(string.sub(positive, 1, -10)), tonumber(string.sub(positive, -9)))
  return digits == positive and value or -value
end
