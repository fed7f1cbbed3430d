-- Books what a call used, and ends its hold; booked again, nothing changes.
-- ARGV[3] id of the hold, [4] how long ago the call began; then for each account account, span, limit, amount
-- Returns 'ok', and for each account what was held, what was spent, and the account
local id = ARGV[3]
local one = holding(id)
local answer = { 'ok' }

local function settled(window, held, spent)
  answer[#answer + 1] = text(held)
  answer[#answer + 1] = text(spent)
  add(answer, window)
end

if not one then
  for i = 5, #ARGV, 4 do
    local spent = read(ARGV[i + 3])
    settled(bookAlone(ARGV[i], span(ARGV[i + 1]), read(ARGV[i + 2]), spent, now - tonumber(ARGV[4])), 0, spent)
  end
  forget(id, 0)
elseif one.stage ~= 'over' then
  local spends = {}
  for i = 5, #ARGV, 4 do
    spends[ARGV[i]] = read(ARGV[i + 3])
  end
  finish(one, function(held)
    return spends[held.account] or 0
  end, function(held, window, spent)
    settled(window or vanished(held.account, held.window), held.amount, spent)
  end)
  forget(id, one.cap)
  room()
end
return answer
