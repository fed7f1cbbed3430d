-- Ends a hold of a call that was not sent; what was booked when it expired is given back.
-- ARGV[3] id of the hold
local one = holding(ARGV[3])
if one and one.stage ~= 'over' then
  finish(one, function()
    return 0
  end)
  forget(one.id, one.cap)
  room()
end
return { 'ok' }
