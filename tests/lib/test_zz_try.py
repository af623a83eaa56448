import pytest, time, random, re
from partnership.search.queries import find
from partnership.search import queries
from partnership.search.services import Entry, replace
@pytest.mark.django_db
def test_try():
    words=re.findall(r"\w+", open("/work/shared/domain/domain.md").read()+open("/work/shared/expectations.md").read())
    r=random.Random(1)
    s=time.time()
    replace("case",[Entry(str(i)," ".join(r.choices(words,k=8)),"/a/",body=" ".join(r.choices(words,k=250))) for i in range(50000)])
    print("write",time.time()-s)
    for q in ["ITMO","CA","corresponding adjustment","letter of authorisation","transform","viet nam japan","PACM","article 6.2","a","the","s","agreement japan 2023","itmo authorization letter host party registry"]:
        b=[]
        for _ in range(3):
            s=time.time(); f=find(q); b.append(time.time()-s)
        s=time.time(); queries._ranked(queries.query_terms(q)); c=time.time()-s
        print(f"{q:30} {len(f.hits)} {min(b)*1000:.0f} ms (sql {c*1000:.0f})")
