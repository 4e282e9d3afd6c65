"""What names say of their values, in the languages and spellings that makers use."""

import tomllib

import pytest

from padguard.analysis.secrets.names import element_verdict, name_verdict
from padguard.analysis.secrets.vocabulary import build, standard
from padguard.foundation.paths import resources_dir

SECRET = """
    password Password PASSWORD strPwd txtPassword In_Password g_apiKey
    userPassword dbpassword SAPPasswort sap_pw Kennwort benutzerKennwort
    mot_de_passe motDePasse mdp MDP_SAP contraseña Contrasena claveAcceso clave
    Senha senha_sap palavraPasse wachtwoord Hasło haslo_db parolaDOrdine パスワード
    暗証番号 SAPパスワード ログインパスワード 密码 登录密码 口令 密钥 API密钥
    accessToken bearer_token
    client_secret ClientSecret AccountKey x-api-key sharedAccessKey otp
    Ocp-Apim-Subscription-Key pin PIN CardPin userpass dbpass mypw NewPassword
    Password1 PWD2 passwordConfirm PasswordForSAP APIKey api_key apikey ApiKeys
    passwords secret SecretKey jwt OAuthToken idToken encryptionKey aesKey 비밀번호
    пароль รหัสผ่าน passphrase Passcode lösenord Authorization pwdRSYST-BCODE
    sendpassword ZugangscodePortal strPW_SAP AdminPass sPassword spassword
    lohnpasswort adobepassword Password_TEST Jet_OLEDB_Database_Password
    wallet_password cle_api chaveApi chiaveApi token strToken SecretFromVault
    VaultPassword Kennwort2 PW_alt Out_Token SecretAccessKey StorageKey SASToken
    PrivateKeyPassPhrase CertificatePassword OneTimePassword PasswortNeu
    GeheimesPasswort claveSAP senhaBanco OPENAI_API_KEY ZipPassword ﾊﾟｽﾜｰﾄﾞ
    ＰＡＳＳＷＯＲＤ Zugangspaßwort_PW hasłoUżytkownika
""".split()  # noqa: SIM905 - a list of words reads better as such
NOT_SECRET = """
    TokenCount PasswordLabel PasswordField passwordSelector keyboard KeyColumn
    PrimaryKey SecretaryName PassengerName compass bypass tokenizer CredentialName
    PasswordExpiry IsPasswordValid passwordLength TokenUrl tokenEndpoint
    SecretName publicKey hash PasswordHash KeyVaultName username Email lblPassword
    btnShowPassword ShowPassword ForgotPassword PasswordReset PasswordPolicy
    nextPageToken csrfToken PassportNumber palabraClave Schluesselwort
    longitudContrasena nombreDelSecreto Passwortlänge Passwortlaenge パスワード欄
    パスワード期限 密码框 密码长度 公開鍵 キーワード Path ShippingAddress Spinner Opinion Author
    Authority Tokyo Pass_Fail PassThrough PassRate TestPassed keyPressed KeyName
    HotKey passage FilePath PinToTaskbar Tokens_Used maxTokens PasswordFilePath
    PasswordManager SecretVersion PwdLastChangedDate Kennwortablauf desenha
    resenha AuthUser AuthUrl Lösung Loesung Sekretariat Sekretärin secretaria
    AccessKeyId PasswordVault WebhookUrl ClientId Passiva Passau Pinsel conclave
    passwordless AuthorizationDate RowKey HostKey JiraKey Monkey Turkey Hockey
    Keys TokenFile PublicKeyToken Happiness Typing SearchKeyword UserName
""".split()  # noqa: SIM905
HINTS = """
    PinCode Credential connectionString tokens licenseKey cookie Schlüssel klucz
    chave sessionId TokenXyz EncryptedPassword
""".split()  # noqa: SIM905
LABELS = [
    "Enter your password:",
    "API key",
    "mot de passe",
    "Clave de acceso",
    "Bitte Kennwort eingeben",
    "Passwort für SAP",
    "请输入密码",
    "パスワードを入力してください",
]
LABELS_OF_OTHERS = [
    "Length of password",
    "Name of the secret",
    "champ mot de passe",
    "fecha de la contraseña",
    "Forgot your password?",
    "Primary key",
    "Next page token",
]


@pytest.mark.parametrize("name", [*SECRET, *LABELS])
def test_names_that_say_secret(name):
    verdict = name_verdict(name)
    assert verdict.secret
    assert verdict.strength == "strong"
    assert verdict.word


@pytest.mark.parametrize("name", [*NOT_SECRET, *LABELS_OF_OTHERS, "", "4711", "%"])
def test_names_that_do_not(name):
    assert not name_verdict(name).secret
    assert name_verdict(name).strength == "none"


@pytest.mark.parametrize("name", HINTS)
def test_names_that_only_hint(name):
    assert name_verdict(name).secret
    assert name_verdict(name).strength == "weak"


def test_there_are_about_as_many_decoys_as_secrets():
    assert len(NOT_SECRET) * 1.5 > len(SECRET)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Kennwort", "password"), ("SIM PIN", "pin"), ("access_token", "token"), ("ApiKey", "key")],
)
def test_the_kind_of_secret(name, kind):
    assert name_verdict(name).kind == kind


@pytest.mark.parametrize(
    "element",
    [
        "Input password 'inputPassword'",
        "Edit 'Password:'",
        "Password field",
        "champ mot de passe",
        "パスワード欄",
        "密码框",
        "Textfeld 'Kennwort'",
        "Edit 'PIN'",
        'input[name="pwd"]',
        "//form/input[@id='passwd']",
        "wnd[0]/usr/pwdRSYST-BCODE",
    ],
)
def test_elements_that_take_a_secret(element):
    assert element_verdict(element).strength == "strong"


@pytest.mark.parametrize(
    "element",
    ["Button 'Show password'", "Link 'Forgot password'", "Edit 'User name'", "wnd[0]/usr/txtBNAME"],
)
def test_elements_that_do_not(element):
    assert element_verdict(element).strength != "strong"


def test_every_phrase_of_the_vocabulary_is_recognised():
    table = tomllib.loads((resources_dir() / "secrets/names.toml").read_text(encoding="utf-8"))
    plain = {phrase for language in table["language"] for phrase in language.get("plain", ())}
    for language in table["language"]:
        for kind in ("password", "pin", "token", "key", "secret", "bare"):
            for phrase in language.get(kind, ()):
                assert phrase in plain or name_verdict(phrase).strength == "strong", phrase
        for phrase in language.get("plain", ()):
            assert not name_verdict(phrase).secret, phrase


def test_a_person_adds_terms_without_changing_the_program():
    own = standard().extended(secret=["Losungswort2", "Schatztruhe"], plain=["Portal Token"])
    assert name_verdict("strSchatztruhe", own).strength == "strong"
    assert not name_verdict("strSchatztruhe").secret
    assert not name_verdict("PortalToken", own).secret
    assert name_verdict("PortalToken").secret


def test_a_language_is_a_table():
    esperanto = {"code": "eo", "password": ["pasvorto"], "about": ["longo"], "owner": ["nova"]}
    words = build([esperanto])
    assert name_verdict("nova_pasvorto", words).secret
    assert not name_verdict("PasvortoLongo", words).secret
    assert not name_verdict("password", words).secret
