"""Plain talk in English: questions about the bot, and the beginnings of ideas and complaints."""

from collections.abc import Mapping

from bot.recognition.talk.parts import Part

PHRASES: Mapping[Part, str] = {
    Part.HELP: """
        help, help me/us out/-, i/we need/want some/your/- help, i need/want you to help me, can/could/would/will you/
        u/someone/anyone/somebody help me/us/- out/-, some help, help here, sos, commands, menu, manual, instructions,
        user guide, how does/do this/it/that/the_bot/this_bot/this_thing/everything/portevoix/this_place work/function
        here/-, how does one use this, how do/can/should i/we use this/it/you/u/the_bot/this_bot/portevoix, how to use
        this/it/the_bot/this_bot/portevoix, how do you/u work/function, how this/it works, what commands are_there/
        do_you_have/can_i_use/exist, what are the/your commands, show/list/give me/- the/- commands, i m/am lost, what
        do/should/can i do now/here/next, where do i start, how do i start/begin, explain how this/it works, tell/show
        me how this/it works
    """,
    Part.ABILITIES: """
        what all/else/- can/do/could you/u/this_bot/the_bot do for_me/for_us/here/-, what does this/the bot do, what
        can it do, what can i/we ask/tell/say you/to_you/here/it/this_bot/-, what can i/we ask/use you about/for, what
        can/could you/u help me/us/- with/out_with, what are you/u able/supposed/meant/designed to do/do_for_me, what
        are you/u good/here/made/- for, what are you good/capable at/of, what is/s this/it/the_bot/this_bot for, what
        is/s this/the bot used/- for, tell/show me what you/u can do, what are/r your/ur features/functions/abilities/
        capabilities/skills/options/services, what is/s your purpose/job/role/function, what can i do here/with_you/
        with_this_bot, what kind/sort of things/questions/stuff can i/you ask/answer/do/ask_you, what things/questions
        can i ask you, what are some things/questions you_can_do/i_can_ask_you/to_ask_you, what topics/questions do/
        can you know_about/answer, what/which sort/sorts/kind/kinds/type/types of things/questions/subjects/topics/
        queries/stuff can/may/should/do/are i/you ask/answer/know/do/help/able_to/- you/me/do/answer/- about/with/-,
        what things/subjects/topics/questions can/do/are i/you ask/know/help/do/answer/able_to/familiar you/me/do/
        answer/- about/with/-, what do you know, what are you able to answer/help_me_with, is there anything i can t/
        not ask you
    """,
    Part.IDENTITY: """
        who/what are/r you/u exactly/really/actually/-, who re/r/is/s you/this, who exactly are you, what is/s this,
        what exactly are you, who am i talking/speaking/chatting/writing/texting to/with, who is/s there, and who are
        you, what/whats is/s/- your/ur name, do you have a name, what do they call you, what do you go by, what
        should/can/do/may i call/refer_to you as/by/-, what name should/can/may/do/would you/i call/use/prefer/go_by/
        like/want you/for_you/me_to_call_you/me_to_use/to_be_called/-, what do you want/prefer/like me/to to/be/
        be_called call/- you/called/-, what would you like/want me_to_call_you/to_be_called, what are you called, give
        me your name, what do people/they call you, how should i call/refer_to/address you, what is/s your full/first/
        real name, introduce/describe/present yourself, tell me your name, tell me about/more_about yourself/you, tell
        me who you are, what/who is/s portevoix/this_bot/the_bot, who made/created/built/programmed/developed/
        designed/runs/owns you
    """,
    Part.ROBOT: """
        are/r you/u really/just/actually/even/only/- a/an/- real/actual/living/- robot/bot/machine/computer/human/
        person/ai/program/chatbot/human_being/chatgpt/gpt/llm/alive/sentient/someone, are/r you/u real/fake/automated/
        automatic/conscious, you/u are/re/r a/an/just_a/only_a/not_a/- real/- robot/bot/machine/computer/human/ai/
        person/chatbot right/correct/or_not/-, youre a bot, aren_t/arent you a bot/robot, is/s this/it/there a/an/-
        real/actual/- robot/bot/machine/human/ai/person/chatbot/human_being, am i talking/speaking/chatting/writing/
        texting/- to/with a/an/some/- real/actual/- robot/bot/machine/human/ai/person/chatbot/computer/human_being,
        are you a/- robot/bot/human/person/machine/computer/ai or a/an/- robot/bot/human/person/machine/computer/ai/
        not, robot/bot/human/machine or human/robot/bot/machine, do you exist, are/r/is_this/am_i_talking_to/
        am_i_speaking_to/am_i_speaking_with/am_i_talking_with you/- really/- a/an/- real/live/- robot/bot/human/
        human_being/person/machine/computer/ai/real/automated or/and are_you/- a/an/- real/live/- robot/bot/human/
        human_being/person/machine/computer/ai/program/fake/automated/artificial/not, prove you_are/you_re human, is
        this/it/there a/- human/robot/bot/person or a/- human/robot/bot/person/machine, is_this/are_you automated
    """,
    Part.HUMAN: """
        i/can_i/could_i/may_i/i_want_to/i_wanna/i_need_to/i_d_like_to/i_would_like_to/i_must/let_me/how_do_i/
        how_can_i/where_can_i/is_it_possible_to/can_we/- talk/speak/chat/talking/speaking to/with a/an/some/the/
        another/- real/actual/live/- human/person/agent/someone/somebody/anyone/moderator/mod/admin/advisor/adviser/
        operator/team/staff/human_being/people/representative/humans, i/can_i/could_i/we want/need/have/get a/an/
        another/- real/actual/live/- human/person/agent/moderator/operator, get/give/find/connect/transfer/put/pass me
        to/through_to/with/- a/an/- real/- human/person/agent/moderator/operator/someone/somebody, a/real/a_real/
        actual/another/- human/person/moderator/operator, is there a/any/any_real/a_real/some human/person/humans/
        people here/there/-, is there anyone/someone/anybody/somebody here/there/i_can_talk_to/to_talk_to/
        i_can_speak_to/-, is anyone/anybody/someone there/here/around, anyone/anybody here/there, how_do_i/how_can_i/
        how_to/can_i/i_want_to/i_need_to/where_can_i/i_d_like_to/- contact/reach/message the_team/a_human/someone/
        somebody/staff/the_staff/moderators/a_moderator/the_moderators/an_admin/the_admins/anyone/support, agent,
        representative, customer service/support
    """,
    Part.DESTINATION: """
        where does/do/will/did/is/are my/our/this/these/the/those/all_this/- feedback/suggestion/message/idea/
        complaint/suggestions/messages/ideas/complaints/words/text/it/they/- go/end_up/sent/sent_to/going/land, where
        does/do this/it/they go, who reads/sees/gets/receives/is_reading/will_read/will_see/will_get/can_read/can_see/
        will_receive/is_going_to_read/looks_at/handles this/that/it/these/all_this/what_i_write/what_i_say/
        what_i_send/what_i_type, who read this, who reads/sees/gets/receives/will_read/will_see/will_get/can_read/
        can_see/will_receive my/our/these/the feedback/suggestion/message/idea/complaint/suggestions/messages/ideas/
        complaints, what happens/becomes/is_done/do_you_do to/with/of my/our/the/this/these/- feedback/suggestion/
        message/idea/complaint/suggestions/messages/ideas/complaints/what_i_write/it, does/do/will/is/has anyone/
        anybody/someone/somebody/the_team actually/really/ever/even/- read/reading/see/reads this/it/these/that/
        my_feedback/my_message/my_messages/these_messages/all_this/them, where/to_whom/who is/are this/it/these/they/
        my_messages/my_feedback/the_messages sent/sent_to, who do you send/tell this/it to, who/where do you send my
        feedback/messages to/-
    """,
    Part.PRIVACY: """
        is/s/will/does/would this/it/that/all_this/everything/this_bot/the_bot really/truly/completely/-
        be/stay/remain/-
        anonymous/confidential/private/nameless/secret here/-, are/is/do/will/does my/our/the/these/-
        message/messages/feedback/suggestions/words/questions/they/we/i really/- be/stay/remain/-
        anonymous/confidential/private/secret here/-, can/could/may/do/will i/we be/stay/remain/post/write/speak
        anonymous/anonymously/nameless/without_a_name/without_my_name here/-, how can/could/do/may/should i/we/one
        be/stay/remain/post/write/speak/send_it/send_this/send_something
        anonymous/anonymously/nameless/without_a_name/without_my_name here/-, who/can/will/do/does/-
        anyone/anybody/everyone/everybody/people/others/the_team/they/can/will/does/-
        see/sees/know/knows/get/gets/read/reads my name/identity/who_i_am, who/- can/will/- see/sees/know/knows
        who_i_am/that_it_s_me/it_s_me/it_is_me, is my name shown/visible/public/stored/kept/published/seen/- here/-,
        will my name be/- shown/visible/public/stored/kept/published/seen/appear, do/does/will/are you/u/this_bot/
        the_bot/it/they keep/store/save/record/log/keeping/storing/saving/recording my/our/these/the/-
        messages/message/words/data/name/conversation/conversations/chat/everything, what/which data/information/-
        do/does/will you/u/it/this_bot/the_bot keep/store/save/know/collect/record/have about/on/of/- me/us/- here/-,
        what is/s kept/stored/saved/recorded/known about/of/on/- me/us/-, how long do/does you/it/this_bot
        keep/store/save my/our/the/- data/messages/words, how long is/are my/our/the/- data/messages/words
        kept/stored/saved, do/does you/u/it/this_bot/the_bot sell/share/give_away my/our/- data/messages, what is/s
        your/the privacy policy, privacy, privacy policy, gdpr
    """,
    Part.ERASURE: """
        i_want_to/i_would_like_to/i_d_like_to/i_wish_to/i_want_you_to/how_do_i/how_can_i/how_to/can_i/can_you/
        could_you/may_i/will_you/- delete/erase/remove/wipe/forget/deleting/erasing/clear my/all_my/all_of_my
        data/personal_data/messages/feedback/words/questions/information/traces/history here/now/again/-,
        i_want_to/i_would_like_to/i_d_like_to/i_wish_to/i_want_you_to/how_do_i/how_can_i/how_to/can_i/can_you/
        could_you/may_i/will_you/- delete/erase/remove/wipe/forget everything/all/all_you_have/
        everything_you_have/everything_you_know/what_you_have/what_you_know/everything_you_keep/all_you_know
        about/on me here/now/-, i_want_to/i_would_like_to/i_d_like_to/i_wish_to/i_want_you_to/how_do_i/how_can_i/
        how_to/can_i/can_you/could_you/- delete/erase/remove everything/all/what i/ve/i_ve/i_have
        wrote/said/sent/written/typed here/-, erase/forget/delete me/about_me/all_about_me please/now/completely/-,
        i want/would_like/d_like/wish my/all_my data/messages/words to_be/- deleted/erased/removed/gone/forgotten,
        right to be forgotten, i want/would_like/d_like/wish to be forgotten/erased
    """,
    Part.NEWS: """
        unsubscribe me/-, how_do_i/how_can_i/how_to/can_i/i_want_to/i_would_like_to/i_d_like_to/- unsubscribe/opt_out,
        can_you/could_you/- stop/quit/no_more/don_t/do_not/dont/never sending/messaging/writing/texting/notifying/
        pinging/send/message/write/text/notify/ping me/us any_more/anymore/again/these/your/so_many/- messages/
        notifications/news/updates/emails/to_me/-, no more messages/notifications/news/updates, i don_t/do_not/dont
        want/need any_more/more/your/these/any/to_get/to_receive -/any/more/your/these/any_more messages/notifications/
        news/updates, how_do_i/how_can_i/how_to/can_i/- turn_off/disable/switch_off/mute/stop my/your/the/these/-
        notifications/messages/news/updates
    """,
    Part.INSULT: """
        bunch/pack/load of idiots/clowns/crooks/liars/morons/thieves/losers/assholes, you_are/you_re/youre/u_r a/an
        joke/disgrace/clown/liar/thief/crook/waste_of_time/waste_of_space/bunch_of_idiots/bunch_of_clowns/
        bunch_of_liars/bunch_of_crooks/bunch_of_morons, shut/stfu up/the_fuck_up, get lost, go to/fuck hell/yourself,
        i hate you/u/this_bot, bad bot, you_are/you_re/
        worst/the_worst bad/worst/bot/the_worst ever/bot/bot_ever, you are/re good_for_nothing/no_help/no_use, you
        don_t/do_not understand anything/a_thing/shit, you know nothing, kiss my ass, what the fuck/hell, go away,
        screw you
    """,
    Part.IDEA: """
        got an idea/suggestion, i have/ve/ve_got/got/had/ve_had a/an/another/one/some/-
        new/small/little/quick/simple/good/great/- idea/
        suggestion/proposal/ideas/suggestions/feature_request, here is/s/are a/an/my/another/some/one -/small/quick
        idea/suggestion/proposal/ideas, i want/need/wish/would_like/d_like/d_love to suggest/propose something/-, i
        want/need/wish/would_like/d_like/d_love to make/submit/share/post/give/send a/an/my/another/- suggestion/
        proposal/idea/one, my idea/suggestion/proposal is/would_be, can/may/could i make/suggest/propose/give
        a_suggestion/something/an_idea, just/- an idea
    """,
    Part.IDEA_LABEL: """
        idea, suggestion, a/one small/quick/- suggestion, proposal, feature request, small/new/quick/my/improvement
        idea/suggestion, an/one idea, suggestion for you/improvement, idea for improvement
    """,
    Part.IDEA_SENTENCE: """
        it/that/this/- would/d/will/might/could be so/really/very/- nice/good/great/cool/helpful/useful/lovely/
        awesome/amazing/better/handy/fantastic/perfect/wonderful if/to_have, would/wouldn_t it be nice/good/great/
        cool/helpful/useful/lovely/better if/to_have, i wish there was/were, i wish we/you had, i
        suggest/propose/d_suggest/would_suggest/d_propose/would_propose
        that/to/we/you/adding/opening/making/having/putting/a/an/the/more, we/you/they need/could_use
        more/another/a_second, you/we/they/one should/could/might
        really/also/maybe/perhaps/- open/add/put/install/offer/allow/provide/organise/organize/set_up/extend/introduce,
        could/can we/you -/please -/also have/add/get/open/put/install more/another/a_second
    """,
    Part.COMPLAINT: """
        i want/need/wish/have/would_like/d_like/m_here/am_here to complain, i/- wanna/gotta complain, i
        want/need/wish/have/would_like/d_like to
        make/file/submit/lodge/raise/report/register/send/signal a/an/another/my/- complaint/problem/bug/issue/
        incident/fault, i have/ve_got/got a/an/another/one/- complaint, i m/am complaining, i found/ve_found a/- bug
    """,
    Part.COMPLAINT_LABEL: "complaint, problem, issue, bug, bug report, my complaint, a complaint",
    Part.TROUBLE: """
        unacceptable, disgraceful, outrageous, scandalous, site/website/server/wifi down/offline/broken/dead,
        the/this/your/our/- site/website/web_site/app/application/
        server/bot/system/page/service/platform/forum/wifi/internet/network/portal
        is/s/seems/still_is/is_still/keeps/has_been/appears down/broken/dead/offline/
        not_working/unavailable/out_of_order/slow/too_slow/very_slow/so_slow/crashing/buggy/not_loading/unusable, the/
        this/your/- site/website/app/application/server/bot/system/page/service/platform/portal/wifi/internet doesn_t/
        does_not/isn_t/won_t/dont/doesnt/isnt/crashed/crashes/not work/working/load/open/loading/-, it/this/that/
        everything/stuff doesn_t/does_not/isn_t/is_not/doesnt/isnt/won_t/don_t/s_not/not work/working/load, nothing
        works/work/is_working/ever_works, everything is/s broken/down/not_working/terrible/awful/rubbish, it/this/that
        is/s/keeps broken/down/not_working/crashing, this/it/everything sucks/stinks, this/it is/s so/really/just/
        totally/complete/absolutely/- shit/crap/rubbish/useless/awful/terrible/unacceptable/ridiculous/bad/a_mess/
        a_joke/a_disgrace/bullshit/pathetic/annoying
    """,
    Part.VAGUE_TROUBLE: """
        i have/ve_got/got/am_having/m_having a/an/some/- problem/issue/trouble/problems, there is/s/seems_to_be a/an/-
        problem/issue/bug, something is/s/went wrong/broken, i m/am not/very/so/-
        unhappy/angry/dissatisfied/furious/happy/
        happy_at_all
    """,
    Part.FILLER: """
        i/we want/need/would_like/d_like to know if/whether/-, tell/show me if/whether, let me know if/whether/-, may
        i know if/-, can/could/would you tell_me/let_me_know if/whether/-, do you know if/whether, hi, hello, hey,
        hiya, there, yo, good_morning/good_evening/good_afternoon, please, pls, plz, thanks, thank_you, thx, bot,
        robot, portevoix, dear, everyone, all, guys, team, so, well, ok, okay, um, uh, oh, ah, and, but, sorry,
        excuse_me, pardon, now, then, just, actually, quick_question, question, i_wonder, can_you_tell_me,
        could_you_tell_me, tell_me, do_you_know, lol, haha, man, dude, mate, friend, sir, again, exactly, right, btw,
        by_the_way, in_advance, by_any_chance, anyway, asap
    """,
    Part.SINCE: """
        again, still, today, now, right_now, anymore, any_more, here, for_me, at_all, all_day, tonight, currently,
        constantly, since this/yesterday/last/monday/tuesday/wednesday/thursday/friday/saturday/sunday/an/two/three
        morning/night/week/hour/hours/days/evening/-, for days/hours/weeks/a_week/an_hour/two_days, this morning/
        evening/week, every day/time, yet again, all the time
    """,
}
"""Patterns as described at `lexicon.expand`, without accents."""
