"""What each action code of the log says, in both languages: the one table of them.

A code is stable: it stands in chains for years.  It is ``noun.verb``, the verb in the past, and its words
say what was done to the act's subject.
"""

from __future__ import annotations

from collections.abc import Mapping

ACTIONS: Mapping[str, tuple[str, str]] = {
    "plan.begun": ("計画を新しく始めた", "Plan begun"),
    "plan.loaded": ("計画ファイルを読み込んだ", "Plan file loaded"),
    "plan.adopted": ("計画を版として策定した", "Plan adopted as an edition"),
    "draft.begun": ("見直しの下書きを始めた", "Draft of a revision begun"),
    "draft.changed": ("下書きを変えた", "Draft changed"),
    "draft.undone": ("下書きの変更を取り消した", "Change of the draft undone"),
    "draft.redone": ("取り消した変更をやり直した", "Undone change of the draft done again"),
    "draft.reasoned": ("変更の理由を書いた", "Reasons of changes written"),
    "draft.discarded": ("下書きを破棄した", "Draft discarded"),
    "draft.reopened": ("破棄した下書きを戻した", "Discarded draft reopened"),
    "comment.begun": ("意見募集を登録した", "Public comment entered"),
    "comment.changed": ("意見募集の内容を変えた", "Public comment changed"),
    "comment.published": ("意見募集の結果を公表した", "Result of the public comment published"),
    "comment.withdrawn": ("意見募集の公表を取り消した", "Publication of the result taken back"),
    "comment.removed": ("意見募集を削除した", "Public comment removed"),
    "comment.restored": ("削除した意見募集を戻した", "Public comment restored"),
    "scenario.created": ("人口のシナリオを保存した", "Population scenario saved"),
    "scenario.changed": ("人口のシナリオを変えた", "Population scenario changed"),
    "scenario.shown": (
        "人口のシナリオを委員と閲覧の人に見せた",
        "Population scenario shown to council and readers",
    ),
    "scenario.hidden": (
        "人口のシナリオを庁内だけにした",
        "Population scenario hidden from council and readers",
    ),
    "scenario.removed": ("人口のシナリオを削除した", "Population scenario removed"),
    "scenario.restored": ("削除した人口のシナリオを戻した", "Removed population scenario restored"),
    "opinion.added": ("意見を登録した", "Opinion entered"),
    "opinion.changed": ("意見か考え方を変えた", "Opinion or answer changed"),
    "opinion.moved": ("意見の並びを変えた", "Opinion moved"),
    "opinion.removed": ("意見を削除した", "Opinion removed"),
    "opinion.restored": ("削除した意見を戻した", "Opinion restored"),
    "opinions.pasted": ("意見をまとめて貼り付けた", "Opinions pasted"),
    "request.opened": ("改定照会を始めた", "Change request opened"),
    "request.changed": ("改定照会を変えた", "Change request changed"),
    "request.closed": ("改定照会を締め切った", "Change request closed"),
    "request.reopened": ("改定照会を再開した", "Change request opened again"),
    "request.answered": ("改定照会に課として回答した", "Change request answered by a division"),
    "request.answer_taken_back": ("改定照会の「変更なし」を取り消した", "Answer “no change” taken back"),
    "proposal.written": ("変更の提案を書いた", "Proposal written"),
    "proposal.handed_back": ("変更の提案を課内で差し戻した", "Proposal handed back in the division"),
    "proposal.withdrawn": ("変更の提案を取り下げた", "Proposal withdrawn"),
    "proposal.accepted": ("変更の提案を採用した", "Proposal accepted"),
    "proposal.declined": ("変更の提案を不採用にした", "Proposal declined"),
    "proposal.decision_taken_back": ("変更の提案の判断を取り消した", "Decision on a proposal taken back"),
    "workbook.received": ("Excelの表を読み込みに出した", "Excel tables handed in to be read"),
    "workbook.kept": ("読み込んだ表より画面の値を残した", "Values on screen kept instead of a table's"),
    "workbook.dropped": ("読み込んだ表を取り込まずに捨てた", "Tables dropped without being taken over"),
    "population.received": (
        "人口の表のファイルを読み込みに出した",
        "File of population handed in to be read",
    ),
    "population.dropped": ("人口の表のファイルを取り込まずに捨てた", "File of population dropped"),
    "population.taken_over": ("人口の表を取り込んだ", "Table of population taken over"),
    "population.taken_out": ("人口の表を使うのをやめた", "Table of population taken out of use"),
    "population.put_back": (
        "前に使っていた人口の表に戻した",
        "Earlier table of population in use again",
    ),
    "document.requested": ("文書の作成を頼んだ", "Document requested"),
    "document.retried": ("失敗した文書の作成をやり直した", "Failed document begun again"),
    "division.added": ("担当課を加えた", "Division added"),
    "division.ordered": ("担当課の並びを変えた", "Divisions put in order"),
    "division.reorganised": ("組織改編をした", "Divisions reorganised"),
    "division.reorganisation_taken_back": ("組織改編を取り消した", "Reorganisation taken back"),
    "assignment.changed": ("担当を変えた", "Responsibility changed"),
    "assignments.taken_over": ("担当を版から引き継いだ", "Responsibilities taken over from an edition"),
    "staff.imported": ("職員を CSV から登録した", "Staff entered from CSV"),
    "role.granted": ("役割を付けた", "Role granted"),
    "role.withdrawn": ("役割を外した", "Role withdrawn"),
    "user.created": ("利用者を登録した", "User created"),
    "user.changed": ("利用者の登録を変えた", "User changed"),
    "user.activated": ("利用を再開した", "User activated"),
    "user.deactivated": ("利用を止めた", "User deactivated"),
    "user.password_reset": ("最初のパスワードを決め直した", "First password set anew"),
    "operator.granted": ("運用の担当者にした", "Made an operator"),
    "operator.withdrawn": ("運用の担当者から外した", "No longer an operator"),
    "session.signed_in": ("サインインした", "Signed in"),
    "session.signed_out": ("サインアウトした", "Signed out"),
    "session.expired": ("操作がなくサインアウトになった", "Signed out after idle time"),
    "session.failed": ("サインインに失敗した", "Sign-in failed"),
    "session.factor_failed": ("二つ目の確認に失敗した", "Second factor failed"),
    "session.locked": ("続けて失敗したため止めた", "Locked after failures"),
    "session.stranger": ("登録のない人がシングルサインオンで来た", "Unknown person by single sign-on"),
    "account.password_changed": ("パスワードを変えた", "Password changed"),
    "account.link_made": ("パスワードを決めるリンクを作った", "Link to set a password made"),
    "account.factor_added": ("二要素認証を加えた", "Second factor added"),
    "account.factor_removed": ("二要素認証を外した", "Second factor removed"),
    "account.factors_forgotten": ("なくした二要素認証を消した", "Lost second factors forgotten"),
    "account.codes_made": ("回復コードを作った", "Recovery codes made"),
    "account.provider_linked": ("シングルサインオンを結び付けた", "Single sign-on linked"),
    "account.provider_unlinked": ("シングルサインオンを外した", "Single sign-on unlinked"),
    "municipality.created": ("市町村を加えた", "Municipality added"),
    "municipality.changed": ("市町村の設定を変えた", "Municipality's settings changed"),
    "municipality.exported": ("市町村のすべてを書き出した", "Municipality exported whole"),
    "municipality.imported": ("市町村のすべてを取り込んだ", "Municipality imported whole"),
    "installation.backed_up": ("バックアップを取った", "Backup made"),
    "installation.restored": ("バックアップから戻した", "Backup restored"),
    "installation.upgraded": ("プログラムを新しくした", "Program upgraded"),
    "log.cut": ("保存期間を過ぎた記録を削除した", "Log cut after its retention"),
    "log.exported": ("操作ログを CSV に書き出した", "Log exported as CSV"),
    "log.verified": ("操作ログの連鎖を検証した", "Log's chain verified"),
}

NOUNS: Mapping[str, tuple[str, str]] = {
    "plan": ("計画", "Plan"),
    "draft": ("下書き", "Draft"),
    "comment": ("意見募集", "Public comment"),
    "scenario": ("人口のシナリオ", "Population scenario"),
    "opinion": ("意見", "Opinion"),
    "opinions": ("意見（まとめて）", "Opinions"),
    "request": ("改定照会", "Change request"),
    "proposal": ("変更の提案", "Proposal"),
    "workbook": ("Excelの表", "Excel tables"),
    "population": ("人口の表", "Table of population"),
    "document": ("文書", "Document"),
    "division": ("担当課", "Division"),
    "assignment": ("担当", "Responsibility"),
    "assignments": ("担当（まとめて）", "Responsibilities"),
    "staff": ("職員", "Staff"),
    "role": ("役割", "Role"),
    "user": ("利用者", "User"),
    "operator": ("運用の担当者", "Operator"),
    "session": ("サインイン", "Sign-in"),
    "account": ("アカウント", "Account"),
    "municipality": ("市町村", "Municipality"),
    "installation": ("運用", "Installation"),
    "log": ("操作ログ", "Log"),
}

# Nouns whose old and new values hold no content of a plan; those of every other are for who may read it.
WITHOUT_CONTENT = frozenset(NOUNS) - {
    "plan",
    "draft",
    "comment",
    "scenario",
    "opinion",
    "opinions",
    "request",
    "proposal",
    "workbook",
    "population",
    "document",
}


def words_of(action: str) -> tuple[str, str]:
    """The action in Japanese and English; a code of a newer program is shown as it is."""
    return ACTIONS.get(action, (action, action))


def noun_of(action: str) -> str:
    """What the action is done to, as the code says it."""
    return action.partition(".")[0]


def holds_content(action: str) -> bool:
    """Whether the act's values may hold content of a plan; so does a code that the table does not know."""
    return action not in ACTIONS or noun_of(action) not in WITHOUT_CONTENT
