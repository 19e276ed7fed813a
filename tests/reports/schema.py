"""Parts of a workbook against ECMA-376 (transitional), as far as this program writes them: elements, their order and number, attributes and
their types. What the tables below do not list is a complaint, so that a new element is looked up before it is shipped.

complaints(name, content) -> list of texts. Not XSD files but what they say, by hand; checks that span parts are in check_workbook.py.
"""
import re
from xml.etree import ElementTree

NAMESPACES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac": "x14ac:",
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main": "x14:",
    "http://schemas.microsoft.com/office/excel/2006/main": "xm:",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "xdr:",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct:",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel:",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi:",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "ep:",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "op:",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "vt:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}

CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}"
AREA = CELL + "(:" + CELL + ")?"
GUID = r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}"
TYPES = {
    "b": "0|1|true|false",
    "n": r"\d+",
    "i": r"-?\d+",
    "d": r"-?\d+(\.\d+)?([eE][-+]?\d+)?",
    "s": r"[\s\S]*",
    "cell": CELL,
    "area": AREA,
    "areas": AREA + "( " + AREA + ")*",
    "rgb": "[0-9A-F]{8}",
    "hex6": "[0-9A-F]{6}",
    "rid": r"rId\d+",
    "guid": GUID,
    "uri": r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}",
    "part": r"/[^/].*",
    "s31": r"[^\[\]:*?/\\]{1,31}",
    "s32": r"[\s\S]{0,32}",
    "s255": r"[\s\S]{0,255}",
    "rule": "cellIs|expression|dataBar|colorScale|iconSet|top10|aboveAverage|duplicateValues|uniqueValues|containsText|containsBlanks",
    "operator": "lessThan|lessThanOrEqual|equal|notEqual|greaterThanOrEqual|greaterThan|between|notBetween",
    "cfvo": "num|percent|max|min|formula|percentile|autoMin|autoMax",
    "check": "none|whole|decimal|list|date|time|textLength|custom",
    "pane": "bottomLeft|bottomRight|topLeft|topRight",
    "line": "none|thin|medium|dashed|dotted|thick|double|hair",
    "fill": "none|solid|gray125",
    "across": "general|left|center|right|fill|justify|centerContinuous|distributed",
    "down": "top|center|bottom|justify|distributed",
}

# element: attributes ("!": required) > children in their order ("?", "*", "+"; none: exactly one); "(text)": text of a type
RULES = """
worksheet: mc:Ignorable=s > sheetPr? dimension? sheetViews? sheetFormatPr? cols* sheetData sheetCalcPr? sheetProtection? protectedRanges? scenarios? autoFilter? sortState? dataConsolidate? customSheetViews? mergeCells? phoneticPr? conditionalFormatting* dataValidations? hyperlinks? printOptions? pageMargins? pageSetup? headerFooter? rowBreaks? colBreaks? customProperties? cellWatches? ignoredErrors? smartTags? drawing? legacyDrawing? legacyDrawingHF? picture? oleObjects? controls? webPublishItems? tableParts? extLst?
sheetPr: > tabColor? outlinePr? pageSetUpPr?
tabColor: rgb=rgb
pageSetUpPr: fitToPage=b autoPageBreaks=b
dimension: ref!=area
sheetViews: > sheetView+
sheetView: showGridLines=b tabSelected=b workbookViewId!=n > pane? selection*
pane: xSplit=d ySplit=d topLeftCell=cell activePane=pane state=frozen|split|frozenSplit
selection: pane=pane activeCell=cell sqref=areas
sheetFormatPr: defaultRowHeight!=d x14ac:dyDescent=d
cols: > col+
col: min!=n max!=n width=d customWidth=b hidden=b
sheetData: > row*
row: r=n ht=d customHeight=b x14ac:dyDescent=d > c*
c: r=cell s=n t=b|n|e|s|str|inlineStr > f? v? is?
v: (d)
is: > t?
t: xml:space=preserve (s)
sheetProtection: sheet=b objects=b scenarios=b formatCells=b formatColumns=b formatRows=b sort=b autoFilter=b
autoFilter: ref=area
mergeCells: count=n > mergeCell+
mergeCell: ref!=area
conditionalFormatting: sqref=areas > cfRule+
cfRule: type=rule dxfId=n priority!=n operator=operator > formula* colorScale? dataBar? extLst?
formula: (s)
colorScale: > cfvo+ color+
dataBar: minLength=n maxLength=n showValue=b > cfvo cfvo color
cfvo: type!=cfvo val=s
color: rgb=rgb indexed=n theme=n
extLst: > ext+
ext: uri!=uri > x14:id? x14:conditionalFormattings?
x14:id: (guid)
x14:conditionalFormattings: > x14:conditionalFormatting+
x14:conditionalFormatting: > x14:cfRule+ xm:sqref
x14:cfRule: type!=rule id!=guid > x14:dataBar
x14:dataBar: minLength=n maxLength=n border=b gradient=b negativeBarBorderColorSameAsPositive=b > x14:cfvo x14:cfvo x14:borderColor? x14:negativeFillColor? x14:negativeBorderColor? x14:axisColor?
x14:cfvo: type!=cfvo > xm:f?
xm:f: (s)
xm:sqref: (areas)
x14:borderColor: rgb=rgb
x14:negativeFillColor: rgb=rgb
x14:negativeBorderColor: rgb=rgb
x14:axisColor: rgb=rgb
dataValidations: count=n > dataValidation+
dataValidation: type=check allowBlank=b showInputMessage=b showErrorMessage=b errorTitle=s32 error=s255 promptTitle=s32 prompt=s255 sqref!=areas > formula1? formula2?
formula1: (s255)
hyperlinks: > hyperlink+
hyperlink: ref!=area location=s display=s tooltip=s255
pageMargins: left!=d right!=d top!=d bottom!=d header!=d footer!=d
pageSetup: paperSize=n fitToWidth=n fitToHeight=n orientation=default|portrait|landscape
headerFooter: > oddHeader? oddFooter?
oddHeader: (s255)
oddFooter: (s255)
rowBreaks: count=n manualBreakCount=n > brk*
brk: id=n max=n man=b
ignoredErrors: > ignoredError+
ignoredError: sqref!=areas numberStoredAsText=b
drawing: r:id!=rid
legacyDrawing: r:id!=rid

workbook: > fileVersion? workbookPr? bookViews? sheets definedNames? calcPr?
fileVersion: appName=s lastEdited=s lowestEdited=s rupBuild=s
workbookPr: defaultThemeVersion=n
bookViews: > workbookView+
workbookView: xWindow=i yWindow=i windowWidth=n windowHeight=n firstSheet=n activeTab=n
sheets: > sheet+
sheet: name!=s31 sheetId!=n state=visible|hidden|veryHidden r:id!=rid
definedNames: > definedName+
definedName: name!=s255 localSheetId=n hidden=b (s)
calcPr: calcId=n fullCalcOnLoad=b

styleSheet: > numFmts? fonts? fills? borders? cellStyleXfs? cellXfs? cellStyles? dxfs? tableStyles?
numFmts: count=n > numFmt+
numFmt: numFmtId!=n formatCode!=s255
fonts: count=n > font+
font: > b? i? strike? u? sz? color? name? family? scheme?
b: val=b
u: val=single|double
sz: val!=d
name: val!=s31
family: val!=n
scheme: val!=major|minor|none
fills: count=n > fill+
fill: > patternFill?
patternFill: patternType=fill > fgColor? bgColor?
fgColor: rgb=rgb indexed=n
bgColor: rgb=rgb indexed=n
borders: count=n > border+
border: > left? right? top? bottom? diagonal?
left: style=line > color?
right: style=line > color?
top: style=line > color?
bottom: style=line > color?
diagonal: style=line > color?
cellStyleXfs: count=n > xf+
cellXfs: count=n > xf+
xf: numFmtId=n fontId=n fillId=n borderId=n xfId=n applyNumberFormat=b applyFont=b applyFill=b applyBorder=b applyAlignment=b applyProtection=b > alignment? protection?
alignment: horizontal=across vertical=down wrapText=b
protection: locked=b
cellStyles: count=n > cellStyle+
cellStyle: name=s xfId!=n builtinId=n
dxfs: count=n > dxf*
dxf: > font? fill?
tableStyles: count=n defaultTableStyle=s defaultPivotStyle=s

comments: > authors commentList
authors: > author*
author: (s)
commentList: > comment*
comment: ref!=area authorId!=n > text
text: > t? r*
r: > rPr? t
rPr: > b? sz? color? rFont? family?
rFont: val!=s31

xdr:wsDr: > xdr:twoCellAnchor*
xdr:twoCellAnchor: editAs=twoCell|oneCell|absolute > xdr:from xdr:to xdr:graphicFrame xdr:clientData
xdr:from: > xdr:col xdr:colOff xdr:row xdr:rowOff
xdr:to: > xdr:col xdr:colOff xdr:row xdr:rowOff
xdr:col: (n)
xdr:colOff: (i)
xdr:row: (n)
xdr:rowOff: (i)
xdr:graphicFrame: macro=s > xdr:nvGraphicFramePr xdr:xfrm a:graphic
xdr:nvGraphicFramePr: > xdr:cNvPr xdr:cNvGraphicFramePr
xdr:cNvPr: id!=n name!=s descr=s
xdr:cNvGraphicFramePr: >
xdr:xfrm: > a:off a:ext
a:off: x!=i y!=i
a:ext: cx!=n cy!=n
a:graphic: > a:graphicData
a:graphicData: uri!=s > c:chart
xdr:clientData: >

c:chartSpace: > c:date1904? c:lang? c:roundedCorners? c:style? c:chart c:spPr? c:txPr? c:printSettings?
c:lang: val=s
c:chart: r:id=rid > c:title? c:autoTitleDeleted? c:plotArea? c:legend? c:plotVisOnly? c:dispBlanksAs?
c:title: > c:tx? c:layout? c:overlay?
c:tx: > c:strRef? c:rich? c:v?
c:rich: > a:bodyPr a:lstStyle? a:p+
c:v: (s)
a:bodyPr: rot=i vert=s
a:lstStyle: >
a:p: > a:pPr? a:r* a:endParaRPr?
a:pPr: rtl=b > a:defRPr?
a:defRPr: sz=n b=b baseline=i > a:solidFill? a:latin?
a:rPr: lang=s sz=n b=b baseline=i > a:solidFill? a:latin?
a:latin: typeface=s31
a:r: > a:rPr? a:t
a:t: (s)
a:endParaRPr: lang=s
c:layout: >
c:plotArea: > c:layout? c:doughnutChart? c:barChart? c:pieChart? c:catAx* c:valAx*
c:doughnutChart: > c:varyColors? c:ser* c:dLbls? c:firstSliceAng? c:holeSize?
c:pieChart: > c:varyColors? c:ser* c:dLbls? c:firstSliceAng?
c:barChart: > c:barDir c:grouping? c:varyColors? c:ser* c:dLbls? c:gapWidth? c:overlap? c:serLines* c:axId c:axId
c:varyColors: val=b
c:ser: > c:idx c:order c:tx? c:spPr? c:invertIfNegative? c:dPt* c:dLbls? c:cat? c:val?
c:idx: val!=n
c:order: val!=n
c:dPt: > c:idx c:invertIfNegative? c:bubble3D? c:explosion? c:spPr?
c:spPr: > a:noFill? a:solidFill? a:ln?
a:solidFill: > a:srgbClr
a:srgbClr: val!=hex6
c:dLbls: > c:numFmt? c:spPr? c:txPr? c:dLblPos? c:showLegendKey? c:showVal? c:showCatName? c:showSerName? c:showPercent? c:showBubbleSize?
c:txPr: > a:bodyPr a:lstStyle? a:p+
c:showVal: val=b
c:showPercent: val=b
c:cat: > c:numRef? c:strRef?
c:val: > c:numRef
c:numRef: > c:f c:numCache?
c:strRef: > c:f c:strCache?
c:f: (s)
c:firstSliceAng: val=n
c:holeSize: val=n
c:legend: > c:legendPos? c:legendEntry* c:layout? c:overlay? c:spPr? c:txPr?
c:legendPos: val=b|tr|l|r|t
c:plotVisOnly: val=b
c:barDir: val=bar|col
c:grouping: val=percentStacked|clustered|standard|stacked
c:gapWidth: val=n
c:overlap: val=i
c:axId: val!=n
c:catAx: > c:axId c:scaling c:delete? c:axPos c:majorGridlines? c:minorGridlines? c:title? c:numFmt? c:majorTickMark? c:minorTickMark? c:tickLblPos? c:spPr? c:txPr? c:crossAx c:crosses? c:auto? c:lblAlgn? c:lblOffset? c:noMultiLvlLbl?
c:valAx: > c:axId c:scaling c:delete? c:axPos c:majorGridlines? c:minorGridlines? c:title? c:numFmt? c:majorTickMark? c:minorTickMark? c:tickLblPos? c:spPr? c:txPr? c:crossAx c:crosses? c:crossBetween? c:majorUnit?
c:scaling: > c:logBase? c:orientation? c:max? c:min?
c:orientation: val=minMax|maxMin
c:delete: val=b
c:axPos: val=b|l|r|t
c:numFmt: formatCode!=s sourceLinked=b
c:tickLblPos: val=high|low|nextTo|none
c:crossAx: val!=n
c:crosses: val=autoZero|max|min
c:auto: val=b
c:lblAlgn: val=ctr|l|r
c:lblOffset: val=n
c:crossBetween: val=between|midCat
c:printSettings: > c:headerFooter? c:pageMargins? c:pageSetup?
c:headerFooter: >
c:pageMargins: l!=d r!=d t!=d b!=d header!=d footer!=d
c:pageSetup: >

ct:Types: > ct:Default* ct:Override*
ct:Default: Extension!=s ContentType!=s
ct:Override: PartName!=part ContentType!=s
rel:Relationships: > rel:Relationship*
rel:Relationship: Id!=rid Type!=s Target!=s TargetMode=Internal|External

cp:coreProperties: > dc:title? dc:subject? dc:creator? cp:keywords? dc:description? cp:lastModifiedBy? dcterms:created? dcterms:modified? cp:category? cp:contentStatus?
dc:title: (s255)
dc:subject: (s255)
dc:creator: (s255)
cp:lastModifiedBy: (s255)
dcterms:created: xsi:type!=dcterms:W3CDTF (s)
dcterms:modified: xsi:type!=dcterms:W3CDTF (s)
cp:contentStatus: (s255)
ep:Properties: > ep:Application? ep:DocSecurity? ep:ScaleCrop? ep:HeadingPairs? ep:TitlesOfParts? ep:Company? ep:LinksUpToDate? ep:SharedDoc? ep:HyperlinksChanged? ep:AppVersion?
ep:Application: (s)
ep:DocSecurity: (n)
ep:ScaleCrop: (b)
ep:HeadingPairs: > vt:vector
ep:TitlesOfParts: > vt:vector
ep:Company: (s)
ep:LinksUpToDate: (b)
ep:SharedDoc: (b)
ep:HyperlinksChanged: (b)
ep:AppVersion: (d)
vt:vector: size!=n baseType!=s > vt:variant* vt:lpstr*
vt:variant: > vt:lpstr? vt:i4?
vt:lpstr: (s)
vt:i4: (i)
op:Properties: > op:property*
op:property: fmtid!=guid pid!=n name!=s255 > vt:lpwstr
vt:lpwstr: (s255)
"""


def _pattern(kind):
    return re.compile(TYPES.get(kind, kind))


def _parse_rule(line):
    name, rest = re.match(r"([\w:]+): ?(.*)", line).groups()
    text = re.search(r"\((\w+)\)$", rest)
    rest = rest[:text.start()] if text else rest
    attributes, _, children = rest.partition(">")
    kinds = {}
    for attribute in attributes.split():
        key, kind = attribute.split("=", 1)
        kinds[key.rstrip("!")] = (key.endswith("!"), _pattern(kind))
    places = [(child.rstrip("?*+"), child[-1] if child[-1] in "?*+" else "") for child in children.split()]
    order = re.compile("".join("(?:%s )%s" % (re.escape(child), many) for child, many in places))
    return name, (kinds, order, _pattern(text.group(1)) if text else None)


_RULES = dict(map(_parse_rule, filter(None, RULES.splitlines())))
ROOTS = (("[Content_Types].xml", "ct:Types"), ("docProps/app.xml", "ep:Properties"), ("docProps/core.xml", "cp:coreProperties"),
         ("docProps/custom.xml", "op:Properties"), ("xl/workbook.xml", "workbook"), ("xl/styles.xml", "styleSheet"),
         (r"xl/worksheets/sheet\d+.xml", "worksheet"), (r"xl/comments\d+.xml", "comments"), (r"xl/drawings/drawing\d+.xml", "xdr:wsDr"),
         (r"xl/charts/chart\d+.xml", "c:chartSpace"), (r"(?:.*/)?_rels/.*.rels", "rel:Relationships"))


def _short(name):
    space, _, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
    return NAMESPACES.get(space, "{%s}" % space) + local if space else local


def _element(element, name, told):
    kinds, order, text = _RULES[name]
    for key, value in element.attrib.items():
        required_and_kind = kinds.get(_short(key))
        if required_and_kind is None:
            told.add("%s has an attribute %s" % (name, _short(key)))
        elif not required_and_kind[1].fullmatch(value):
            told.add("%s %s is \"%s\"" % (name, _short(key), value[:60]))
    present = {_short(key) for key in element.attrib}
    told.update("%s lacks %s" % (name, key) for key, (required, _) in kinds.items() if required and key not in present)
    children = "".join(_short(child.tag) + " " for child in element)
    if not order.fullmatch(children):
        told.add("%s holds %s" % (name, children[:200]))
    content = element.text or ""
    if text is None and content.strip() or text is not None and not text.fullmatch(content):
        told.add("%s has the text \"%s\"" % (name, content[:60]))


def complaints(part, content):
    """What the schema would say of a part; of parts that it does not know, nothing (the theme and VML are the library's own)."""
    root_name = next((root for pattern, root in ROOTS if part == pattern or re.fullmatch(pattern, part)), None)
    if root_name is None:
        return []
    told = set()
    root = ElementTree.fromstring(content)
    if _short(root.tag) != root_name:
        told.add("the root is %s" % _short(root.tag))
    for element in root.iter():
        name = _short(element.tag)
        if name in _RULES:
            _element(element, name, told)
        else:
            told.add("%s is not known" % name)
    return sorted("%s: %s" % (part, text) for text in told)
