-- Returns accounts of a budget, those first that had spent most when they were seen last.
-- ARGV[3] budget, [4] how many are known already, [5] how many at the most
-- Returns 'ok', how many are known then, the percent of the last one or nothing after the last of all, and the accounts
local index = space .. 'b:' .. ARGV[3]
local from = tonumber(ARGV[4])
local page = redis.call('ZREVRANGE', index, from, from + tonumber(ARGV[5]) - 1, 'WITHSCORES')
local answer = { 'ok', '', #page > 0 and page[#page] or '' }
local stay = 0

-- Its latest window that is not over, or of which calls are in flight.
local function present(account)
  for _, id in ipairs(redis.call('ZREVRANGE', space .. 'a:' .. account, 0, -1)) do
    local window = find(account, id)
    if window and (window.holds > 0 or not window.span.ends or window.span.ends > now) then
      move(window)
      return (window.allowed or not isZero(window.raised) or not isZero(window.spent)) and window or nil
    end
  end
  return nil
end

for i = 1, #page, 2 do
  local account = ARGV[3] .. '/' .. page[i]
  local window = present(account)
  if window then
    add(answer, window)
  end
  local score = text(window and percent(window) or 0)
  if redis.call('EXISTS', space .. 'a:' .. account) == 0 then
    redis.call('ZREM', index, page[i])
  elseif tonumber(score) < tonumber(page[i + 1]) then
    redis.call('ZADD', index, score, page[i])
  else
    stay = stay + 1
  end
end
answer[2] = text(from + stay)
return answer
