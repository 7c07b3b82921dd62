"""What stands where an article should: words for a removed one, notices of a browser or a paywall, a server's error."""

from __future__ import annotations

import re

_LONGEST = 700  # characters; a notice is short, and a longer text has an article in it
_LONGEST_WORD = 60
_WORDS = (
    *("removed", "deleted", "redacted", "withdrawn", "unavailable", "not available", "empty", "null", "none", "nan"),
    *("na", "n/a", r"n\.a\.", "nil", "undefined", "missing", "#n/a", "#value!", "#ref!", r"\[object object\]", "todo"),
    *(
        r"lorem ipsum\b.*",
        "tbd",
        "loading",
        "please wait",
        "advertisement",
        "untitled",
        "coming soon",
        "content",
        "text",
        "body",
    ),
    *(r"(?:content|text|article|story) (?:removed|deleted|unavailable|not available)",),
    *(r"no (?:text|content|body)(?: available)?", r"only available in (?:paid|professional and corporate) plans?"),
)
_NO = r"(?: is| was| has| could| can| does| do)?(?: no longer|n['’]t| ?not| currently not)"
_THING = r"(?:page|article|story|content|document|video)"
# By what the notice is of: words that only such a notice has. All its other sentences speak of such things, too.
_NOTICES: dict[str, tuple[str, ...]] = {
    "a notice to the browser": (
        r"\b(?:enabl|activat|allow|disabl|turn(?:ed|ing)? o(?:n|ff))\w*\b.{0,40}\bjava ?script\b",
        r"\b(?:site|page|app|application|content)\b.{0,20}\b(?:requires?|needs?|works?)\b.{0,40}\bjava ?script\b",
        r"\bjava ?script (?:is |must be |has been |seems to be |appears to be |to be )*"
        r"(?:not )?(?:disabled|required|enabled|available|supported|turned off|needed)",
        r"\bplease (?:update|upgrade|switch|use|turn off|disable|whitelist)\b.{0,60}\b(?:browser|ad ?blocker)\b",
        r"\byour (?:web )?browser (?:is|does|has|version|cannot|can['’]t)\b",
        r"^checking (?:if|your|the|that)\b.*\b(?:browser|connection|secure)",
        r"\b(?:using|use|have) an? ad[ -]?block(?:er|ing)?\b|^(?:an )?ad[ -]?blocker (?:was |has been |is )?detected$",
        r"\b(?:turn|switch) (?:it |off )*(?:your )?ad[ -]?block(?:er|ing)?\b",
        r"\bddos protection\b",
        r"\bray id\b",
        r"\bcloudflare\b.*\b(?:security|performance|protect\w*)\b|\b(?:security|performance)\b.*\bcloudflare\b",
        r"\b(?:verify(?:ing)?|confirm|prove|check|sure)\b.{0,20}\b(?:you are|"
        r"you['’]re)\b.{0,12}\b(?:human|robot|bot)\b",
        r"^are you a? ?(?:human|robot)",
        r"\b(?:complete|solve)\b.{0,20}\bcaptcha\b",
        r"^just a moment$|^attention required!?(?: \| cloudflare)?$|^(?:sorry, )?you have been blocked$",
        r"^(?:you are being )?redirect(?:ed|ing)(?: you)?(?: to .{0,40})?$|^(?:video )?player is loading$",
        r"\bunusual (?:traffic|activity) from your\b",
    ),
    "a notice on cookies": (
        r"\b(?:we|(?:web)?sites?|partners)\b.{0,60}\buse[sd]?\b.{0,60}\bcookies\b",
        r"\b(?:accept|allow|enable|reject|manage)\b.{0,20}\bcookies\b.{0,40}$",
        r"\bcookies? (?:policy|settings|notice|preferences|consent)\b",
        r"\bpartners\b.{0,60}\b(?:store|access|process)\b.{0,80}\b(?:device|cookies|data)\b",
        r"^(?:manage|change) your (?:privacy|cookie|consent) (?:preferences|settings|choices)$",
        r"\bcookies are (?:disabled|required|not enabled)\b",
    ),
    "a notice of a paywall": (
        r"^(?:please )?(?:subscribe|sign ?in|log ?in|register|sign ?up|join)\b.{0,60}"
        r"\b(?:to|and) (?:read|continue|access|view|unlock|keep reading|see)\b",
        rf"\b{_THING} is (?:only |exclusively )?(?:available )?(?:only |exclusively )?"
        r"(?:for|to|reserved for) (?:paying |our |registered )?(?:subscribers|members)\b",
        r"^already a? ?(?:subscriber|member)",
        r"^you (?:have|['’]ve) (?:reached|read|used)\b.{0,60}\bfree\b.{0,20}\b(?:articles?|stories|limit)\b",
        r"^(?:to )?(?:continue|keep) reading\b.{0,60}(?:subscribe|subscription|account|sign|log)",
        r"^subscribe(?: now| today)?$|^start your free trial$",
        r"^to (?:read|see|view|continue|access)\b.{0,40}\b(?:subscribe|sign ?in|log ?in|register)\b",
        r"^unlock (?:this|the full|unlimited)\b",
    ),
    "an error of a server": (
        r"^(?:http |error )*[345]\d\d\b[\s:–—-]*(?:error|forbidden|access|unauthori[sz]ed|(?:page )?not found|gone|bad|"
        r"service|gateway|internal|too many|moved|unavailable|$)",
        r"^(?:error[: ]*)?(?:forbidden|access denied|(?:page )?not found|bad gateway|"
        r"service (?:temporarily )?unavailable|gateway time-?out|internal server error|"
        r"too many requests|bad request)(?: [-–—|] .{1,40})?$",
        rf"\b{_THING} (?:that )?(?:you|you['’]re|you are)\b.{{0,40}}{_NO}\b",
        rf"^(?:sorry, )?(?:this|the|that) {_THING}{_NO} (?:be )?(?:found|available|exist|displayed|loaded|supported)\b",
        rf"^(?:sorry, )?(?:this|the|that) {_THING} (?:has been|was) (?:removed|deleted|moved|taken down|withdrawn)"
        r"(?: at the request of .{1,40})?$",
        rf"^we (?:could|can)(?:n['’]t|not| not) find\b.{{0,20}}\b{_THING}\b",
        r"not available in your (?:region|country|location)\b",
        r"\byou (?:don['’]t|do not) have permission to\b",
        r"^(?:oops|whoops|sorry)\b.{0,40}\b(?:went wrong|error|try again)\b",
        r"^something went wrong",
        r"^an? (?:unexpected |unknown )?error (?:has )?occurred",
    ),
}
_BESIDE = (
    r"\b(?:java ?script|cookies?|browser|privacy|gdpr|consent|personal data|captcha|cloudflare|subscri\w+|password)\b",
    r"^(?:please )?(?:reload|refresh|redirecting|stand by|wait|loading|try again|accept|reject|manage)\b",
    r"^(?:please )?(?:continue|log ?in|sign ?in)\b",
    r"^(?:by )?(?:clicking|continuing|using)\b.*\b(?:agree|accept|consent)",
    r"^(?:i (?:agree|accept)|ok|close|menu|home|help|contact us|(?:read|learn) more|(?:go )?back\b.*|nginx\b.*)$",
    r"^get (?:full|unlimited) access|^this (?:may take|takes)\b|^please switch it off\b|^you are unable to access\b",
    r"\b(?:your|free|an) account\b|\bour (?:partners|home ?page|site|website|journalism)\b",
    r"^(?:reference|incident|error) (?:#|id|code|number)",
    r"^it (?:may|might) have been (?:moved|removed|deleted)",
    r"\b(?:reload|refresh) (?:the|this) page\b|^this process is automatic|^(?:oops|whoops|sorry|please try again.*)$",
)
_WHOLE = re.compile(rf"\W*(?:{'|'.join(_WORDS)})\W*", re.IGNORECASE)
_KINDS = {what: re.compile("|".join(patterns), re.IGNORECASE) for what, patterns in _NOTICES.items()}
_OTHERS = re.compile("|".join(_BESIDE), re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_CUT_OFF = re.compile(r"\[\+?[\d,]+ char(?:s|acters)?\]\s*$")


def placeholder(text: str) -> str | None:
    """Why a text is none that an outlet wrote as an article; None where it may be one.

    >>> placeholder("[Removed]")
    "placeholder for a text: '[Removed]'"
    >>> placeholder("Please enable JavaScript and cookies to continue.")
    'no article: a notice to the browser'
    >>> placeholder("The council wants coding in schools. It needs JavaScript, Ada Brandt said.")
    """
    if len(text) > _LONGEST:
        return None
    if len(text) <= _LONGEST_WORD and _WHOLE.fullmatch(text):
        return f"placeholder for a text: {text!r}"
    sentences = [sentence.strip(" .!?…") for sentence in _SENTENCES.split(text)]
    found = [_notice(sentence) for sentence in sentences if sentence]
    kinds = [kind for kind in found if kind]
    if not kinds or None in found:
        return None
    return f"no article: {kinds[0]}"


def _notice(sentence: str) -> str | None:
    """What a sentence is a notice of; nothing where it may stand beside one; None where it is prose."""
    for what, pattern in _KINDS.items():
        if pattern.search(sentence):
            return what
    return "" if _OTHERS.search(sentence) else None


def is_cut_off(text: str) -> bool:
    """Whether a service says at a text's end how much of it is missing: "… [+2219 chars]"."""
    return _CUT_OFF.search(text[-40:]) is not None
