-- A mixture: responses of 1 to 100 kB, and a 5 kB form each sixth time.
local count = 0
local form = string.rep("name=value&", 500)
local kind = {["Content-Type"] = "application/x-www-form-urlencoded"}
local targets = {"/f1000.txt", "/f8000.txt", "/f40000.txt", "/s180", "/f100000.txt"}

request = function()
    count = count + 1
    if count % 6 == 0 then return wrk.format("POST", "/items", kind, form) end
    return wrk.format("GET", targets[count % #targets + 1])
end
