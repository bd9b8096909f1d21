-- Small exchanges: mostly GET with up to 260 bytes of content, some POST, some 404.
local count = 0
local targets = {"/s20", "/s90", "/s180", "/s260"}
local post = {["Content-Type"] = "application/json"}

request = function()
    count = count + 1
    if count == 1 then
        -- A table of headers given to wrk.format replaces those of the command line.
        for name, value in pairs(wrk.headers) do post[name] = value end
    end
    if count % 10 == 0 then
        local content = '{"n":' .. count .. ',"s":"abcdefghijklmnop"}'
        return wrk.format("POST", "/items", post, content)
    end
    if count % 50 == 1 then return wrk.format("GET", "/gone") end
    return wrk.format("GET", targets[count % 4 + 1] .. "?q=" .. count)
end
