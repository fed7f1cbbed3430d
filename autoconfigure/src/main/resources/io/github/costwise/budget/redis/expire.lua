-- Ends the holds that nobody extended, and books what they say. Forgets some owners of whom nothing is known any more.
-- ARGV[3] how many holds at the most
-- Returns 'ok' and the ids of the holds
local SWEPT = 20

local due = redis.call('ZRANGEBYSCORE', space .. 'holds', '-inf', text(now), 'LIMIT', 0, ARGV[3])
local answer = { 'ok' }
for _, id in ipairs(due) do
  local one = holding(id)
  if one and one.stage == 'held' then
    finish(one, function(_, expiry)
      return expiry
    end)
    one.stage = 'expired'
    keepHold(one, LATE)
    answer[#answer + 1] = id
  else
    redis.call('ZREM', space .. 'holds', id)
  end
end
if #due > 0 then
  room()
end

local budget = redis.call('SRANDMEMBER', space .. 'budgets')
if budget then
  for _, name in ipairs(redis.call('ZRANDMEMBER', space .. 'b:' .. budget, SWEPT)) do
    if redis.call('EXISTS', space .. 'a:' .. budget .. '/' .. name) == 0 then
      redis.call('ZREM', space .. 'b:' .. budget, name)
    end
  end
end
return answer
