-- KEYS[1] the epoch of a part of the namespace; all other keys begin like it, which also puts them into its slot.
-- What it names is a generation of keys: once it is lost, nothing of what it named counts any more.
-- KEYS[2] a list from which a new generation begins, named by ARGV[3], unless there is one
-- ARGV[1] the time in microseconds, or nothing for that of this server
local base = string.sub(KEYS[1], 1, -6)
local epoch = redis.call('GET', KEYS[1])
if KEYS[2] then
  if epoch then
    redis.call('UNLINK', KEYS[2])
    return { 'ok', '0' }
  end
  epoch = ARGV[3]
elseif not epoch then
  return { 'lost' }
end
local space = base .. epoch .. ':'
