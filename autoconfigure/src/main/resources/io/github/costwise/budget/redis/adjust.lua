-- Changes what is allowed or what was spent in a window; one that is known no more stays as it is.
-- ARGV[3] account, [4] span, [5] how much more is allowed, [6] how much more was spent
-- Returns 'ok' and the account
local answer = { 'ok' }
local window, other = openAlone(ARGV[3], span(ARGV[4]))
if not window then
  add(answer, other)
  return answer
end
move(window)
local more, spent = read(ARGV[5]), read(ARGV[6])
if not isZero(more) then
  window.raised = window.raised + more
  redis.call('HSET', window.key, 'raised', text(window.raised))
  if window.span.length then
    redis.call('HSET', window.key, 'raised-until', text(now + window.span.length))
  end
end
book(window, now, spent)
save(window)
if less(0, more) or less(spent, 0) then
  room()
end
add(answer, window)
return answer
