-- Large responses: 100 kB to 1 MB each.
local count = 0
local targets = {"/f100000.txt", "/f250000.txt", "/f500000.txt", "/f1000000.txt"}

request = function()
    count = count + 1
    return wrk.format("GET", targets[count % #targets + 1])
end
