-- Keeps holds from expiring, and what they hold from being forgotten.
-- ARGV[3] how long from now; then the ids
local time = tonumber(ARGV[3])
for i = 4, #ARGV do
  local id = ARGV[i]
  if redis.call('ZADD', space .. 'holds', 'XX', 'CH', text(now + time), id) == 1 then
    local one = holding(id)
    for _, held in ipairs((now - one.at > DAY / 4 or time > DAY / 4) and one.parts or {}) do
      keepWindow(held.account, held.window, time + DAY)
    end
  end
end
return { 'ok' }
