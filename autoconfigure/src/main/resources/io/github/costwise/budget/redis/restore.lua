-- Begins a new generation with what is known from elsewhere.
-- KEYS[2] a list with, for each booking, account, span, limit, amount, and how long ago it was; ARGV[3] its name
-- Returns 'ok' and '1' if it was done, else '0'
local PAGE = 5 * 200

for first = 0, redis.call('LLEN', KEYS[2]) - 1, PAGE do
  local page = redis.call('LRANGE', KEYS[2], first, first + PAGE - 1)
  for i = 1, #page, 5 do
    bookAlone(page[i], span(page[i + 1]), read(page[i + 2]), read(page[i + 3]), now - tonumber(page[i + 4]))
  end
end
redis.call('UNLINK', KEYS[2])
redis.call('SET', KEYS[1], epoch)
room()
return { 'ok', '1' }
