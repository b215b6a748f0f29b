-- Makes of a report what pandoc does not by itself: sub- and superscripts of GitHub's <sub> and
-- <sup>, tables no wider than the page, and names that may break at a line's end.
--
--     pandoc -f gfm --lua-filter Templates/pandoc.lua --resource-path Output/byte-lm \
--       Output/byte-lm/report.md -o report.docx
--
-- For pandoc 2.17 and later.

local scripts = { sub = pandoc.Subscript, sup = pandoc.Superscript }

local function contains_link(inlines)
  local found = false
  pandoc.walk_inline(pandoc.Span(inlines), { Link = function() found = true end })
  return found
end

-- Pairs of tags become one element; a tag without its partner stays as it is.
function Inlines(inlines)
  local open = { { items = pandoc.List() } }
  local function close()
    local top = table.remove(open)
    local outer = open[#open].items
    outer:insert(top.start)
    outer:extend(top.items)
  end
  for _, inline in ipairs(inlines) do
    local slash, tag
    if inline.t == "RawInline" and inline.format == "html" then
      slash, tag = inline.text:match("^<(/?)(su[bp])>$")
    end
    if tag and slash == "" then
      table.insert(open, { tag = tag, start = inline, items = pandoc.List() })
    elseif tag and open[#open].tag == tag then
      local items = table.remove(open).items
      if contains_link(items) then
        -- GitHub's way to small type, for the links below a figure.
        open[#open].items:extend(items)
      else
        open[#open].items:insert(scripts[tag](items))
      end
    else
      open[#open].items:insert(inline)
    end
  end
  while #open > 1 do close() end
  return open[1].items
end

-- The most characters that a line of text holds, about.
local line_length = 72

-- A table too wide for a line gets columns by the lengths of their texts.
function Table(tbl)
  local longest, words = {}, {}
  local function measure(rows)
    for _, row in ipairs(rows) do
      for index, cell in ipairs(row.cells) do
        local text = pandoc.utils.stringify(cell.contents)
        longest[index] = math.max(longest[index] or 1, utf8.len(text) or #text)
        for word in text:gmatch("[^%s%-_/]+") do
          words[index] = math.max(words[index] or 1, utf8.len(word) or #word)
        end
      end
    end
  end
  measure(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do measure(body.body) end
  local total = 0
  for _, length in pairs(longest) do total = total + length + 2 end
  if total <= line_length then return nil end
  local weights, sum = {}, 0
  for index = 1, #tbl.colspecs do
    -- No column is narrower than its longest word, nor takes most of the page.
    weights[index] = math.max(math.min(longest[index] or 1, 36), (words[index] or 1)) + 2
    sum = sum + weights[index]
  end
  for index, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[index] = { spec[1], weights[index] / sum }
  end
  return tbl
end

local powers = {
  ["⁻"] = "−", ["⁰"] = "0", ["¹"] = "1", ["²"] = "2", ["³"] = "3", ["⁴"] = "4", ["⁵"] = "5",
  ["⁶"] = "6", ["⁷"] = "7", ["⁸"] = "8", ["⁹"] = "9",
}
local formulas = { ["δ"] = "\\delta", ["∝"] = "\\propto" }

-- Exponents as superscripts, and Greek as formulas for LaTeX, whose fonts lack the characters.
function Str(str)
  local result, plain, power = pandoc.List(), "", ""
  local function flush()
    if plain ~= "" then result:insert(pandoc.Str(plain)) end
    if power ~= "" then result:insert(pandoc.Superscript({ pandoc.Str(power) })) end
    plain, power = "", ""
  end
  for _, code in utf8.codes(str.text) do
    local character = utf8.char(code)
    if powers[character] then
      power = power .. powers[character]
    else
      if power ~= "" then flush() end
      if formulas[character] and FORMAT:match("latex") then
        flush()
        result:insert(pandoc.Math("InlineMath", formulas[character]))
      else
        plain = plain .. character
      end
    end
  end
  flush()
  return result
end

-- LaTeX breaks typewriter type nowhere: after punctuation it may.
function Code(code)
  if not FORMAT:match("latex") or #code.text <= 12 then return nil end
  local result = pandoc.List()
  for piece, mark in code.text:gmatch("([^%-_/.:]*)([%-_/.:]?)") do
    if piece .. mark ~= "" then
      result:insert(pandoc.Code(piece .. mark))
      if mark ~= "" then result:insert(pandoc.RawInline("latex", "\\allowbreak{}")) end
    end
  end
  return result
end
