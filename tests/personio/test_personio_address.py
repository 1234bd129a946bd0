"""The paths of requests when the base address has a path."""

from dataclasses import replace

from misbehaving import Server, Tenant, client, people


async def test_a_base_address_with_a_path_keeps_it():
    tenant = Tenant(people(120))
    paths = []

    def answer(request):
        paths.append(request.path)
        return tenant(replace(request, path=request.path.removeprefix("/gate%20way/personio")))

    async with Server(answer) as server, client(f"{server.url}/gate%20way/personio/") as personio:
        assert (await personio.employees({"email": "email"})).complete
    assert set(paths) == {"/gate%20way/personio/v1/auth", "/gate%20way/personio/v1/company/employees"}
