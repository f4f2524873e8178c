"""The phrases in which people ask to stay nameless, or to be read by the team only."""

from collections.abc import Mapping
from enum import StrEnum


class Part(StrEnum):
    """The role of a phrase in a wish.

    A firm phrase is a wish wherever a text begins with it. A loose one has other meanings, too ("private lessons"). One
    that usually continues ("don't publish the schedule") is a wish only apart, before punctuation or the end.
    """

    NAMELESS = "nameless"
    NAMELESS_LOOSE = "nameless, loose"
    NAMELESS_APART = "nameless, apart"
    TEAM = "team"
    TEAM_LOOSE = "team, loose"
    TEAM_APART = "team, apart"
    POLITE = "polite"
    FILLER = "filler"


PHRASES: Mapping[str, Mapping[Part, str]] = {
    "en": {
        Part.NAMELESS: """
            anonymously, anonymousely, anonymosly, anonymous/anon/anonymus/anonimous/annonymous/anonym/anonymos,
            stay/remain/staying/remaining/keep_me/leave_me anonymous, without
            giving/showing/using/mentioning/publishing/saying/sharing/revealing/- my name/identity, without a/any
            name, with no name, do_not/don_t/dont/never/not/not_to show/use/publish/give/mention/put/display my name,
            do_not/don_t/dont/never/not/not_to share/reveal/say/print/quote/name/tell my/-/anyone_my/them_my
            name/who_i_am, keep/leave my name out/off/hidden/secret/private/to_yourself of/- it/this/-,
            keep/make/post/publish/send/file/treat/share/want it/this/- anonymous/anonymously, do_not/don_t/dont want
            my name to/- appear/be_shown/be_published/show/shown/published/known/-, do_not/don_t/dont want my name
            on/in/under it/this/that, hide/withhold my name, my
            name should/must not appear/be_shown/be_published,
            do_not/don_t/dont tell/say anyone/anybody/them/-
            it_was_me/it_s_me/i_said_this/i_said_that/i_said_so/i_said_it/i_wrote_this/who_said_it/who_told_you,
            do_not/don_t/dont want anyone/anybody/people/them/others/him/her to know
            it_s_me/it_is_me/it_was_me/who_i_am/i_said_this/i_said_that/i_wrote_this/who_wrote_this, without
            saying/revealing/telling/giving/showing who_i_am/it_s_me/it_was_me, keep/leave me out_of it/this/that
        """,
        Part.NAMELESS_LOOSE: """
            nameless, no name, no names, without name,
            anonymous/anon
            feedback/suggestion/problem/complaint/idea/question/message/praise/tip/report/note/review, anonymous/anon
            comment/remark/request/post
        """,
        Part.NAMELESS_APART: """
            do_not/don_t/dont mention/name/quote me, a/one
            member/user/volunteer/customer/colleague/employee/parent/player/neighbour/resident/student who
            wants/wishes/prefers/would_like/would_prefer/would_rather to/- be/stay/remain anonymous/nameless, an
            anonymous member/user/volunteer/customer/colleague/employee/parent/player/neighbour/resident/student
        """,
        Part.TEAM: """
            just/only/visible_only/- for/to the/our/- team/staff/moderators/mods/admins/organisers/organizers
            only/alone, just/only/visible_only for/to the/our/-
            team/staff/moderators/mods/admins/organisers/organizers, do_not/don_t/dont/never
            publish/post/share/show/print this/it/this_message publicly/in_public/to_everyone/-, only the team
            should/may/can/must/is_to/to read/see this/it, not for publication, between me_and/us_and/- the team/staff,
            only staff/mods/moderators/admins can/may/should/to read/see this/it/-, do_not/don_t/dont/never make
            this/it/that public, for the/our team/staff/moderators/mods/admins s/- eyes only,
            teamonly/staffonly/modsonly
        """,
        Part.TEAM_LOOSE: """
            team/staff/moderators/moderator/mods/mod/admins/admin/organisers/organizers only/eyes_only, only/just the
            team/staff/moderators/mods/admins, for/to the/our team/staff, strictly/-
            private/confidential/privately/confidentially, in confidence/private, off the record, not public, not for
            everyone/the_public/all, for your eyes only, private/confidential
            message/msg/feedback/suggestion/problem/complaint/question/note/comment
        """,
        Part.TEAM_APART: """
            do_not/don_t/dont publish/post/share/show/print/repeat this/it/that/-, do_not/don_t/dont tell
            anyone/anybody/others/the_others/everyone/everybody, keep this/it/that to yourself/yourselves,
            keep/stay/stays/- this/it/that/- between us/you_and_me/ourselves/us_and_the_team
        """,
        Part.POLITE: "please, pls, plz, kindly",
        Part.FILLER: """
            and, also, but, plus, i, we, i_d/i_would/we_would like/prefer/love, want, prefer, wish, need, to, this,
            is, it, my, message, feedback, suggestion, complaint, problem, post, send, publish, keep, make, share,
            say, write, file, report, hi, hello, hey, thanks, thank_you, can/could/may you/i/we/this/it, completely,
            totally, fully, strictly, treat, as, be, let, me, should, must, stay, remain, sent, written, posted,
            would, like, rather, submit, just
        """,
    },
    "fr": {
        Part.NAMELESS: """
            anonymement, anonyme, annonyme, anonime, en anonyme, de facon/maniere anonyme, a titre anonyme, en restant
            anonyme,
            sous/dans/en/garder/conserver/preserver/respecter/respectez/gardez l/mon/tout/- anonymat, sous couvert
            d/de_l anonymat, dans le respect de l anonymat, sans
            donner/dire/citer/mentionner/publier/afficher/montrer/reveler/mettre/indiquer/- mon
            nom/identite/prenom/pseudo, ne/- pas
            donner/dire/citer/mentionner/publier/afficher/montrer/reveler/mettre/indiquer mon nom/identite/prenom,
            ne/- donnez/dites/citez/mentionnez/publiez/affichez/montrez/revelez/mettez/donne/dis/cite/publie/affiche
            pas mon nom, veux/souhaite/voudrais/souhaiterais pas que mon nom
            apparaisse/figure/sorte/soit_publie/soit_affiche/soit_cite/soit_donne, que mon nom n/ne
            apparaisse/figure/soit pas cite/publie/affiche/donne/-, rester/reste/restera anonyme,
            ne/- dites/dis pas que_c_est_moi/que_c_etait_moi/qui_je_suis/que_ca_vient_de_moi/que_cela_vient_de_moi, sans
            dire/reveler/montrer/donner qui_je_suis/que_c_est_moi, ne/- veux/voudrais/souhaite/souhaiterais pas
            qu_on/que_l_on/qu_ils/que_les_gens/que_les_autres/que_personne/qu_elle/qu_il sache/sachent
            que_c_est_moi/qui_je_suis/que_ca_vient_de_moi, sans qu_on/que_l_on/qu_ils sache/sachent
            que_c_est_moi/qui_je_suis/que_ca_vient_de_moi
        """,
        Part.NAMELESS_LOOSE: """
            sans nom,
            message/retour/suggestion/probleme/question/idee/avis/remarque/commentaire/reclamation/temoignage anonyme
        """,
        Part.NAMELESS_APART: """
            sans signer/signature, ne/- me citez/nommez/mentionnez/cite/nomme/mentionne pas, ne pas me
            citer/nommer/mentionner, un/une
            adherent/adherente/membre/benevole/client/cliente/usager/usagere/collegue/salarie/salariee/parent/joueur/joueuse/habitant/habitante/eleve/etudiant/etudiante
            qui_souhaite_rester/qui_veut_rester/qui_prefere_rester/- anonyme
        """,
        Part.TEAM: """
            uniquement/seulement/juste/rien_que/exclusivement/visible_seulement pour/par
            l_equipe/le_staff/les_moderateurs, uniquement/seulement/juste/rien_que/exclusivement/visible_seulement
            pour/par les_admins/les_organisateurs, pour/par/visible_par l_equipe/le_staff/les_moderateurs/les_admins
            seulement/uniquement/exclusivement/seule, reserve/reservee a_l_equipe/au_staff/aux_moderateurs/aux_admins,
            ne publiez/diffusez/partagez/publie/diffuse/partage pas ca/ceci/ce_message, ne pas publier/diffuser
            ce_message/ceci, seulement/uniquement/seule/seuls
            l_equipe/le_staff/les_moderateurs/les_admins/les_organisateurs doit/peut/doivent/peuvent lire/voir
            ca/ceci/cela, a l attention/intention/usage d/de/du/des l_equipe/staff/moderateurs/admins/organisateurs
            seulement/uniquement/exclusivement
        """,
        Part.TEAM_LOOSE: """
            l/- equipe/staff/moderateurs/moderation/admins/organisateurs seulement/uniquement/exclusivement,
            seulement/uniquement/juste l/le/les/- equipe/staff/moderateurs/admins, pour l_equipe/le_staff, en/- prive,
            privee, confidentiel, confidentielle, confidentiellement, en confidence, a titre
            confidentiel/prive, message/retour/suggestion/probleme/question/remarque
            prive/privee/confidentiel/confidentielle
        """,
        Part.TEAM_APART: """
            ne/- pas publier/diffuser/partager/divulguer/repeter, ne/-
            publiez/diffusez/partagez/divulguez/repetez/publie/diffuse/partage/divulgue/repete pas, garder/gardez/garde
            ca/ceci/cela pour vous/toi, garder/gardez/garde/reste/restez/- ca/ceci/cela/- entre nous,
            restez/reste/rester discrets/discret/discrete/discretes, ne/n
            le/en dites/repetez/dis/repete/parlez/parle a/pas_a/pas personne/tout_le_monde/autour_de_vous/-
        """,
        Part.POLITE: "svp, stp, s v p, s t p, s il vous/te plait, merci de/d/-, priere de",
        Part.FILLER: """
            et, aussi, mais, je, j, aimerais, voudrais, souhaite, souhaiterais, veux, prefere, prefererais, que, ce,
            message, retour, est, soit, reste, poster, publier, envoyer, envoye, ecrire, dire, ceci, c, mon, bonjour,
            bonsoir, salut, totalement, strictement, completement, tout, de, d, a, le, la, traiter, merci, ca, cela,
            ne, pour_moi, rester, tiens, tenir
        """,
    },
    "others": {
        Part.NAMELESS: """
            anonimo, anonima, anonimamente, de forma/manera anonima, sin mi/dar_mi/poner_mi/mostrar_mi nombre, in
            forma anonima, senza il/- mio/dire_il_mio nome, sem o/- meu nome, ohne meinen/- namen, anoniem, zonder mijn
            naam
        """,
        Part.NAMELESS_APART: "sin nombre, senza nome, sem nome",
        Part.POLITE: "por favor, per favore, bitte, alstublieft",
    },
}
"""By language, the patterns, as described at `lexicon.expand`, without accents; other languages have fewer."""

OPENERS: Mapping[str, str] = {
    "en": """
        the an my our your his her their i we you they he she it this that these those there what why when
        where how who please some every everyone nobody no all since today yesterday after because
        more less too new many much if add fix make put stop
    """,
    "fr": """
        le la l les un une des mon ma mes notre nos votre vos leur leurs ce cet cette ces ca c je j on nous
        vous tu il elle ils elles qui pourquoi quand comment depuis hier aujourd svp merci tout tous toutes
        personne rien chaque
    """,
}
"""By language: words that begin a sentence, so that a loose wish before them needs no punctuation."""

CONTINUATIONS: Mapping[str, str] = {
    "en": """
        on in at is are was were be does do did has have isn doesn of or org com net login logins voting vote votes
        posting posts users user members accounts account donations donation donors reports report chat chats browsing
        mode access tips letters calls polls surveys reviews comments complaints sources
    """,
    "fr": "sur dans est sont etait etaient a ont ne n du ou",
}
"""By language: words after a firm phrase that make it the subject of a sentence, and no wish."""
