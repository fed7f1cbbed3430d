-- Returns 'ok' and an account in a window, if anything is known of it.
-- ARGV[3] account, [4] span
local window = find(ARGV[3], span(ARGV[4]).id)
local answer = { 'ok' }
if window then
  move(window)
  if window.allowed or not isZero(window.raised) or not isZero(window.spent) then
    add(answer, window)
  end
end
return answer
