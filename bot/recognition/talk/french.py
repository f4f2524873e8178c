"""Plain talk in French: questions about the bot, and the beginnings of ideas and complaints."""

from collections.abc import Mapping

from bot.recognition.talk.parts import Part

PHRASES: Mapping[Part, str] = {
    Part.HELP: """
        aide, aidez/aide moi/nous, a l aide, au secours, besoin d aide, j ai besoin d aide, j ai besoin de ton/votre
        aide, un coup de main, j aurais besoin d aide, peux/pouvez/pourrais/pourriez tu/vous m/nous aider, tu/vous
        peux/pouvez/pourrais/pourriez m/nous aider, est ce que tu/vous peux/pouvez/pourrais/pourriez m/nous aider, de
        l aide, mode d emploi, notice, commandes, les commandes, liste des commandes, comment ca/cela marche/
        fonctionne/se_passe ici/-, comment ca fonctionne, ca marche/fonctionne comment ici/-, comment utiliser/
        se_servir/fonctionne/marche/utilise_t_on ce_bot/le_bot/de_ce_bot/du_bot/portevoix/ca/ce_truc/de_ca, comment on
        fait/s_en_sert/utilise ca/ce_bot/le_bot/-, comment tu/vous fonctionnes/fonctionnez/marches/marchez, comment
        faire, je fais quoi maintenant/-, que dois je/faire faire/-, je suis perdu/perdue, quelles sont les/tes/vos
        commandes disponibles/-, je ne/- comprends pas/rien comment_ca_marche, explique/expliquez moi comment
        ca_marche/ca_fonctionne/faire, par ou/quoi commencer
    """,
    Part.ABILITIES: """
        que sais/peux/savez/pouvez tu/vous faire pour_moi/pour_nous/ici/-, que fais/faites tu/vous ici/-, qu est ce
        que tu/vous/ce_bot/le_bot sais/peux/savez/pouvez/sait/peut faire pour_moi/pour_nous/-, qu est ce que tu/vous
        fais/faites, tu/vous sais/peux/savez/pouvez/fais/faites faire/- quoi pour_moi/pour_nous/ici/exactement/
        au_juste/-, a quoi tu/vous sers/servez/sert ici/-, a quoi sers/servez/sert tu/vous, tu/vous sers/servez a
        quoi, a quoi sert ce_bot/le_bot/ce_robot/portevoix/ca/ce_truc, ca/ce_bot/le_bot sert a quoi, c est pour quoi
        faire, que peut/sait/fait faire/- ce_bot/le_bot/ce_robot/portevoix/on_faire_ici/on_te_demander/
        on_vous_demander, ce/le bot fait/sait/peut faire/- quoi, qu est ce qu on peut faire/te_demander/vous_demander
        ici/avec_toi/-, qu est ce que je peux te/vous/faire demander/avec_toi/ici, que puis je te/vous demander, je
        peux te/vous demander quoi, quelles sont tes/vos/les fonctions/fonctionnalites/capacites/competences/
        possibilites, quel est ton/votre role/but/travail, c est quoi ton/votre role/but/job/utilite, dis moi ce que
        tu sais/peux faire, en quoi peux/pouvez tu/vous m aider
    """,
    Part.IDENTITY: """
        qui/quoi es/etes/est tu/vous au_juste/exactement/-, tu/t/vous es/etes qui/quoi toi/au_juste/exactement/-, toi/
        vous qui es/etes tu/vous, qui est/es ce/la/tu/-, c est qui, qui est ce, c est quoi, qu est ce que c est, c est
        quoi ca/ce_bot/ce_truc/portevoix/ton_nom/votre_nom/ton_prenom/votre_prenom/ton_petit_nom, qu est ce que
        portevoix/tu_es/vous_etes, qu es/etes tu/vous, comment t/vous/tu appelles/appelez/t tu/vous/appelles, tu/vous
        t/vous appelles/appelez comment, quel est ton/votre nom/prenom, as/avez tu/vous un nom/prenom, tu/vous as/avez
        un nom, a/avec qui je parle/ai_je_affaire/parle_je/est_ce_que_je_parle/suis_je_en_contact, presente/presentez
        toi/vous, dis moi qui tu_es, qui t/vous a/- cree/programme/fait/concu/developpe, je parle a/avec qui
    """,
    Part.ROBOT: """
        es/etes/est tu/vous vraiment/juste/- un/une/- vrai/vraie/simple/- robot/bot/humain/humaine/machine/ia/
        personne/ordinateur/programme/reel/reelle/etre_humain/chatgpt/chatbot/intelligence_artificielle, tu/t/vous/
        est_ce_que_tu/est_ce_que_vous/tu_n/vous_n/c es/etes/est vraiment/juste/bien/- un/une/- vrai/vraie/simple/-
        robot/bot/humain/humaine/machine/ia/personne/ordinateur/programme/reel/reelle/etre_humain/chatgpt/chatbot/
        automatique non/hein/pas_vrai/ou_pas/-, es/etes/tu_es/vous_etes/t_es/c_est/est_ce tu/vous/- un/une/- vrai/-
        humain/robot/bot/personne ou un/une/bien_un/- machine/robot/bot/humain/ia/personne, je/est_ce_que_je/suis_je/
        je_suis parle/discute/en_train_de_parler/en_train_de_discuter/en_train_d_ecrire a/avec un/une -/vrai/vraie
        robot/bot/humain/machine/ia/personne/ordinateur, parle je a un/une robot/humain/machine/ia/bot, est ce que c
        est un bot/robot, est ce un bot/robot/humain, robot/humain/bot ou humain/robot/machine/bot
    """,
    Part.HUMAN: """
        je_veux/je_voudrais/j_aimerais/je_souhaite/je_souhaiterais/je_peux/puis_je/peut_on/est_ce_que_je_peux/
        pourrais_je/comment/on_peut/il_faut_que_je/possible_de/est_il_possible_de/- parler/discuter/echanger a/avec/d/
        de un_humain/quelqu_un/une_personne/une_vraie_personne/un_vrai_humain/un_etre_humain/un_conseiller/
        une_conseillere/un_agent/un_moderateur/une_moderatrice/un_responsable/l_equipe/un_operateur/une_vrai_personne/
        un_admin/une_personne_reelle/des_humains, un/une vrai/vraie/- humain/personne/conseiller/moderateur/
        etre_humain/responsable, humain, conseiller, operateur, je veux/voudrais un/une vrai/vraie/- humain/personne/
        conseiller/moderateur, j ai besoin d/de parler/un a/- quelqu_un/humain/un_humain, passez/passe/mettez/donnez
        moi quelqu_un/un_humain/un_conseiller/un_responsable/une_personne/en_relation_avec_quelqu_un, comment/je_veux/
        je_voudrais/j_aimerais/puis_je/ou/- contacter/joindre/ecrire_a l_equipe/un_humain/quelqu_un/un_moderateur/
        les_moderateurs/le_staff/les_admins/une_personne/le_support, y a t/- il/- quelqu_un/un_humain/des_gens/
        une_personne ici/la/-, il/- y a quelqu_un/un_humain ici/la/a_qui_parler/-, quelqu un ici/la/est_la/-, service
        client
    """,
    Part.DESTINATION: """
        qui lit/voit/recoit/va_lire/lira/verra/va_voir/va_recevoir/peut_lire/peut_voir/regarde/traite ca/cela/ceci/
        tout_ca/ces_messages/mes_messages/mon_message/mes_retours/mon_retour/nos_retours/les_retours/ce_message/
        ce_que_j_ecris/ce_que_je_dis/ce_qu_on_ecrit/mes_suggestions/nos_suggestions/nos_messages/mon_avis/mes_idees/
        mon_idee ici/-, ou va/vont/part/partent/arrive/arrivent/finit/finissent/atterrissent/ca mon/mes/nos/les/ces/
        ce/tout/va/part/- retour/retours/message/messages/suggestion/suggestions/idee/idees/avis/reclamations/
        que_j_ecris/ca/-, ca/ce_que_j_ecris/mon_message/mes_messages va/part/vont/partent ou ce_que_j_ecris/
        ce_que_je_dis/mon_message/-, que/qu deviennent/devient/fait_on_de/faites_vous_de/faites_vous_avec/fais_tu_de/
        advient_il_de mes/nos/mon/les/ces/ma retours/retour/messages/message/suggestions/suggestion/idees/avis/
        reclamations, est_ce_que/est_ce_qu/- quelqu_un/l_equipe/on/il_y_a_quelqu_un_qui lit/lira/voit/va_lire
        vraiment/- ca/tout_ca/ces_messages/mes_messages/mon_message/ce_que_j_ecris/nos_retours/les_retours/
        mes_retours, a qui sont/est/va/vont/parvient/arrivent/envoyez_vous/envoies_tu envoyes/envoye/transmis/
        adresses/- les/mes/ces/nos/mon/ce/- messages/retours/suggestions/message/retour/ca, c est lu par qui, qui est/
        sera au courant/prevenu
    """,
    Part.PRIVACY: """
        c/est_ce_que_c/est_ce_que_ca/est_ce_que_tout_ca/ca/ce/est_ce/tout_ca/tout est/sera/reste/restera/-
        vraiment/bien/
        completement/- anonyme/confidentiel/prive/secret ici/-, est/sera ce/il vraiment/bien/- anonyme/confidentiel/
        prive/secret ici/-, mes/nos/les/mon/ce/- messages/retours/message/retour/questions/suggestions sont/est/
        seront/restent ils/elles/il/- vraiment/bien/- anonymes/anonyme/confidentiels/confidentiel/confidentielles/
        prives/prive/secrets, est_ce_que mes/nos/les messages/retours/questions/suggestions sont/seront/restent
        vraiment/bien/- anonymes/confidentiels/confidentielles/prives/secrets, est_ce_que_je/je/puis_je/peut_on/
        est_ce_qu_on/on peux/peut/pourrais/- rester/etre/ecrire/parler/poster anonyme/anonymement/sans_nom/
        sans_mon_nom/en_anonyme ici/-, comment je/on/puis_je/peut_on/est_ce_qu_on/faire_pour/- peux/peut/-
        rester/etre/ecrire/parler/poster/envoyer anonyme/anonymement/sans_nom/sans_mon_nom/en_anonyme ici/-, qui
        voit/verra/connait/peut_voir/va_voir/sait/saura/lit mon/nos/les nom/identite/noms, qui sait/saura/peut_savoir
        qui_je_suis/que_c_est_moi, est_ce_que/- mon nom est/sera/reste il/- -/vraiment
        visible/affiche/public/publie/garde/enregistre/vu/cache, est_ce_qu_on/est_ce_que_l_equipe/est_ce_que_les_gens/
        on/l_equipe/les_gens/tout_le_monde voit/verra/voient/verront/peut_voir/va_voir/vont_voir mon nom, que/qu
        gardez/garde/gardes/conservez/conserve/stockez/savez/sais/enregistrez/est_ce_que_vous_gardez/
        est_ce_que_tu_gardes/est_ce_que_vous_savez/est_ce_que_tu_sais vous/tu/t_on/- sur/de moi/nous, qu_est_ce que
        vous/tu/ce_bot/le_bot gardez/gardes/conservez/savez/sais/stockez/garde/conserve/sait sur/de moi/nous,
        vous/tu/est_ce_que_vous/est_ce_que_tu/est_ce_que_le_bot/ce_bot/le_bot
        gardez/gardes/garde/conservez/conserves/conserve/enregistrez/enregistres/stockez mes/nos/les/tout/mon
        messages/donnees/mots/conversations/nom/-, mes/nos donnees sont/seront elles/- gardees/conservees/stockees/
        enregistrees/vendues/partagees, combien de temps gardez/conservez/garde/gardes vous/tu/t_on mes/nos/les
        donnees/messages, vendez vous mes/nos/les donnees, confidentialite, politique/charte de confidentialite, rgpd
    """,
    Part.ERASURE: """
        je_veux/je_voudrais/je_souhaite/j_aimerais/comment/comment_faire_pour/puis_je/est_ce_que_je_peux/pouvez_vous/
        peux_tu/pourriez_vous/merci_de/- efface/effacez/effacer/supprime/supprimez/supprimer/oublie/oubliez/oublier/
        detruire/retirer mes/toutes_mes/tous_mes donnees/donnees_personnelles/messages/retours/mots/traces/questions/
        infos/informations ici/-, je_veux/je_voudrais/je_souhaite/j_aimerais/comment/puis_je/est_ce_que_je_peux/
        pouvez_vous/peux_tu/merci_de/- efface/effacez/effacer/supprime/supprimez/supprimer/oublie/oubliez/oublier tout
        sur_moi/ce_qui_me_concerne/ce_que_j_ai_ecrit/ce_que_j_ai_dit/ce_que_vous_avez_sur_moi/ce_que_tu_as_sur_moi/
        ce_que_vous_savez_sur_moi, je_veux/je_voudrais/je_souhaite/j_aimerais/comment/puis_je/pouvez_vous/peux_tu/
        merci_de/- effacer/supprimer/efface/effacez/supprime/supprimez ce_que_j_ai_ecrit/ce_que_j_ai_dit/
        ce_que_j_ai_envoye, oubliez/oublie/effacez/efface moi/-, je veux/voudrais/souhaite que mes/toutes_mes
        donnees/messages soient efface/effaces/effacees/supprime/supprimes/supprimees/oubliees, j aimerais que mes
        donnees/messages soient effaces/effacees/supprimes/supprimees, je veux/voudrais/souhaite etre
        oublie/oubliee/efface/effacee, droit a l oubli
    """,
    Part.NEWS: """
        comment/je_veux/je_voudrais/- desabonner/desabonne/desabonnez/me_desabonner/se_desabonner moi/-, arretez/arrete/
        cessez/merci_d_arreter/pouvez_vous_arreter/peux_tu_arreter de/d m/nous ecrire/envoyer/notifier/deranger
        des_messages/des_notifications/ces_messages/des_nouvelles/tout_ca/-, ne m/nous ecrivez/envoyez/ecris/envoie
        plus rien/de_messages/de_notifications/-, je ne/- veux/voudrais/souhaite plus recevoir/- de/des/d/vos/tes/ces/
        aucune/aucun messages/message/notifications/notification/nouvelles, plus de messages/notifications/nouvelles,
        comment/je_veux/je_voudrais/- desactiver/couper/arreter/desactive/desactivez les/ces/vos/mes
        notifications/messages/nouvelles
    """,
    Part.INSULT: """
        bande/tas d/de nuls/cons/connards/idiots/incapables/voleurs/escrocs/clowns/abrutis/menteurs/guignols/nazes/
        bras_casses/branquignols, gros/grosse/pauvre/sale nul/nulle/type/naze/mec/fille, je t/vous emmerde, allez
        vous/tous_vous/- faire voir/foutre/enculer/mettre, fermez vos/vous/- gueules/la, vous/tu etes/es une/un/la
        honte/plaie/blague/clown/voleur/escroc/menteur, c est de_la/une merde/daube ce/ton/votre bot/truc/machin,
        tais toi, taisez vous, ferme la, la ferme, fermez la, tu/vous/t sers/servez a rien, tu/vous ne sers/servez a
        rien, degage, casse toi, je te/vous deteste, va au diable, va te faire voir/foutre/enculer, tu comprends/sais/
        piges rien, tu ne comprends/sais rien, tu me saoules/soules/gonfles/fais_chier, vous me saoulez/faites_chier,
        tu/vous fais/faites chier, mauvais bot
    """,
    Part.IDEA: """
        j/- ai/aurais/avais/jai/jaurais une/un/1/des/encore_une/- petite/petites/nouvelle/bonne/super/- idee/idees/
        suggestion/suggestions/proposition, j aurais/ai quelque_chose/une_chose a proposer/suggerer, voici/voila
        une/mon/ma/-
        petite/- idee/suggestion/proposition, je veux/voudrais/souhaite/souhaiterais/tiens_a/aimerais proposer/
        suggerer quelque_chose/-, j aimerais proposer/suggerer quelque_chose/-, je veux/voudrais/souhaite/souhaiterais
        faire/poster/envoyer/deposer/partager/soumettre une suggestion/proposition/idee, j aimerais faire/poster/
        partager/soumettre une suggestion/proposition/idee, mon idee serait/est/c_est de/-, je suggere, ma suggestion/
        proposition serait/est/c_est de/-, puis je faire/proposer une suggestion/idee, une petite idee/suggestion
    """,
    Part.IDEA_LABEL: """
        idee, suggestion, proposition, une/petite/mon/nouvelle idee, une/petite/ma suggestion/proposition, idee d
        amelioration
    """,
    Part.IDEA_SENTENCE: """
        ce/ca/cela serait tellement/vraiment/tres/trop/super/plus/- bien/bon/chouette/cool/sympa/super/genial/utile/
        pratique/top/mieux si/s/que/qu/d/de, il serait bien/bon/utile/pratique/
        souhaitable/interessant si/que/qu/d_avoir/de_pouvoir, pourquoi ne/- pas, je propose/proposerais
        de/d/que/qu/un/une/des/l/le/la, il/- faudrait plus_de/plus_d/ouvrir/ajouter/mettre/avoir/installer/prevoir/
        penser_a/un/une/des, vous/on/nous/tu devriez/devrait/devrions/devrais/pourriez/pourrait/pourrions/pourrais
        aussi/peut_etre/vraiment/- ouvrir/ajouter/mettre/installer/prevoir/proposer/organiser, j aimerais/aimerait
        qu_on/que_l_on/qu_il_y_ait/qu_ils
    """,
    Part.COMPLAINT: """
        je/- veux/voudrais/souhaite/souhaiterais/tiens_a/dois/jveux/jvoudrais me plaindre, j aimerais me plaindre, je
        me plains, je
        viens me plaindre, je veux/voudrais/souhaite/souhaiterais/dois faire/deposer/envoyer/porter/poser/formuler/
        signaler une/un/- reclamation/plainte/probleme/bug/incident/panne, j aimerais faire/deposer/signaler une/un/-
        reclamation/plainte/probleme/bug, j ai/aurais une/encore_une/- reclamation/plainte, j ai trouve un bug
    """,
    Part.COMPLAINT_LABEL: "reclamation, plainte, probleme, bug, panne, ma reclamation, une reclamation",
    Part.TROUBLE: """
        inadmissible, inacceptable, scandaleux, honteux, une honte, un scandale, le/ce/votre/notre/l/la/cette/-
        site/appli/application/app/serveur/bot/page/systeme/plateforme/service/forum/
        wifi/internet/reseau est/reste/semble toujours/encore/encore_une_fois/- en_panne/casse/cassee/hs/plante/
        plantee/mort/morte/bloque/bloquee/inaccessible/indisponible/down/hors_service/lent/trop_lent/inutilisable/
        buggee/tombe, le/ce/votre/l/la/cette/- site/appli/application/app/serveur/bot/page/systeme/plateforme/wifi/
        internet/service ne/n/- marche/fonctionne/repond/s_ouvre/charge/s_affiche/bug/bugge/bugue/plante/rame/beugue
        pas/plus/-, rien ne/- marche/fonctionne/va, plus rien ne/- marche/fonctionne/va, tout est/a casse/en_panne/
        plante/nul/hs/bugge, ca/cela ne/n/- marche/fonctionne/va/bug/plante pas/plus/- du_tout/-, c est/- vraiment/
        trop/completement/franchement/- casse/en_panne/hs/nul/pourri/de_la_merde/inadmissible/inacceptable/scandaleux/
        honteux/n_importe_quoi/un_scandale/une_honte/bugge/lent, le site est down, y a plus rien qui marche
    """,
    Part.VAGUE_TROUBLE: """
        j ai/aurais un/des/encore_un/- probleme/soucis/souci/problemes, il/- y a un/encore_un/- probleme/souci/bug,
        quelque chose ne va/marche pas, je ne/- suis pas/tres/vraiment content/contente/mecontent/mecontente/
        satisfait/satisfaite du_tout/-, je suis en colere
    """,
    Part.FILLER: """
        je veux/voudrais/souhaite savoir si/-, j aimerais savoir si/-, dis/dites moi si, peux/pouvez tu/vous me dire
        si/-, je me demande si/-, bonjour, bonsoir, salut, coucou, hello, hey, svp, stp, s_il_vous_plait,
        s_il_te_plait, merci, merci_beaucoup, merci_d_avance, bot, robot, portevoix, alors, bon, bah, ben, euh, dis,
        dites, dis_moi, dites_moi, et, mais, donc, pardon, excusez_moi, desole, desolee, en_fait, au_fait,
        une_question, question, juste, maintenant, mdr, ok, hein, du_coup, tous, tout_le_monde, a_tous, l_equipe,
        madame, monsieur, je_me_demande, vite, enfin, encore, oh, ah, toi
    """,
    Part.SINCE: """
        encore, encore_une_fois, toujours, aujourd_hui, maintenant, ici, chez_moi, du_tout, depuis ce/hier/lundi/
        mardi/mercredi/jeudi/vendredi/samedi/dimanche/une/deux/trois matin/soir/heure/heures/jours/semaines/semaine/
        midi/-, depuis longtemps/des_jours/des_heures, ce matin/soir/midi, tout le temps, en ce moment, a nouveau, de
        nouveau, pour moi, sur mon_telephone
    """,
}
"""Patterns as described at `lexicon.expand`, without accents."""
