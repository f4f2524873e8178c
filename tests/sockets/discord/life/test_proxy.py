"""Everything goes through the proxy of the settings: what it leads to is known to nobody else."""

from pathlib import Path

from tests.sockets.discord.running import plaza, running
from tests.sockets.fakes.discord.proxy import Proxy

HOST = "discord.invalid"


async def test_the_api_and_the_gateway_are_reached_through_the_proxy(home: Path) -> None:
    async with plaza() as fake:
        proxy = Proxy(fake.port)
        api, gateway = f"http://{HOST}/api/v10", f"ws://{HOST}/"
        async with (
            proxy.listening(),
            running(home, fake, proxy=proxy.url, api_url=api, gateway_url=gateway) as bot,
        ):
            bot.uses("suggest", text="Open later")
            await fake.sent("callback")
            await fake.sent("put_commands")
            assert await bot.filed() == ["Open later"]
            fake.gateway.drop()
            await fake.gateway.received("resume")
        assert proxy.passed[HOST, "/"] == 1, "the websocket"
        resumed = fake.gateway_url.removeprefix("ws://").rstrip("/")
        assert proxy.passed.pop((resumed, "/")) == 1, "it is resumed where Discord says, through the proxy too"
        assert {host for host, _ in proxy.passed} == {HOST}
        assert proxy.passed.total() - 1 == len(fake.journal.calls)
        assert [path for _, path in proxy.passed if path.endswith("/callback")]
